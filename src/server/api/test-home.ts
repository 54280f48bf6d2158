import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { RunBuilder } from '#server/ingest/prepare-run.ts'
import { createWriter } from '#server/ingest/writer.ts'
import type { RunRecord } from '#server/readers/record.ts'

const plainRun: RunRecord = {
  type: 'run',
  foreignId: 'r1',
  projectForeignId: '1',
  path: '1/r1',
  name: 'run',
  status: 'finished',
  kind: 'local',
  user: 'ada',
  host: '',
  start: 1_700_000_000_000,
  end: 1_700_000_060_000,
  gitCommit: '',
  gitBranch: '',
  gitRepository: '',
  gitDirty: false,
  command: '',
  framework: '',
  note: '',
  parent: '',
  deletedAt: null,
  params: [],
  tags: [],
  series: [],
  datasets: [],
  models: [],
  artifacts: null,
  digest: 'd1',
  fingerprint: 'f1',
}

/** A run as a reader emits it, with these facts. */
export function runRecord(facts: Partial<RunRecord>): RunRecord {
  return { ...plainRun, ...facts }
}

/** A store in a folder of its own with one run for each foreign id, numbered from 1 in their order. The caller removes the folder. */
export function homeWithRuns(...records: RunRecord[]): { folder: string; file: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'readout-log-'))
  const file = path.join(folder, 'readout.db')
  const { service } = createWriter(file, () => undefined)
  const { source } = service.claim({ format: 'mlflow', path: '/data/mlruns', name: 'mlruns', marks: [] })
  const runs = records.map(record => new RunBuilder(record).finish())
  service.write({ source: source.no, projects: [], runs, models: [], registeredModels: [] })
  service.close()
  return { folder, file }
}
