import type { RunStatus } from '#contract/run.ts'
import type { Summary } from '#maths/summary.ts'

import type { MediaIndex } from './media.ts'

/** A run as the store takes it: facts, metric summaries and encoded points. Plain data, so that it can cross threads. */
export interface PreparedRun {
  foreignId: string
  /** The foreign id is a path, so that other sources may have another run of the same one. */
  idIsPath: boolean
  project: string
  path: string
  name: string
  status: RunStatus
  kind: string
  user: string
  host: string
  gitCommit: string
  command: string
  /** Foreign id; empty for none. */
  parent: string
  /** Milliseconds since the epoch. */
  start: number | null
  end: number | null
  deletedAt: number | null
  points: number
  digest: string
  fingerprint: string
  /** Folder of the artifacts, relative to the source. */
  artifacts: string | null
  detail: RunDetails
  params: [key: string, value: string][]
  tags: [key: string, value: string][]
  metrics: PreparedMetric[]
  /** Pages of short series; an entry's `metric` indexes `metrics`. */
  pages: { entries: { metric: number; points: number; offset: number }[]; blocks: Uint8Array<ArrayBuffer> }[]
  chunks: { metric: number; no: number; bytes: Uint8Array<ArrayBuffer> }[]
  media: MediaIndex[]
}

export interface PreparedMetric {
  key: string
  summary: Summary
}

/** What only the run page shows, kept as JSON. */
export interface RunDetails {
  gitBranch: string
  gitRepository: string
  gitDirty: boolean
  framework: string
  note: string
  datasets: { name: string; digest: string; context: string; sourceType: string; source: string }[]
  models: { model: string; direction: 'input' | 'output'; step: number | string }[]
}
