import type { MediaKind } from '#contract/media.ts'
import type { RunStatus } from '#contract/run.ts'
import type { ReadIssue } from '#contract/source.ts'

/** What every reader emits, whatever the format it knows. Paths in records are relative to the source, with `/`. */
export type SourceRecord = ProjectRecord | RunRecord | PointsRecord | LoggedModelRecord | RegisteredModelRecord | IssueRecord

export interface ProjectRecord {
  type: 'project'
  /** The id the format itself gives it: MLflow's experiment id. */
  foreignId: string
  name: string
  path: string
  description: string
  tags: [key: string, value: string][]
  deleted: boolean
  primaryMetric: { key: string; greaterIsBetter: boolean } | null
}

/**
 * One run with all its facts. Metrics that fit in memory stand in `series`; the points of longer ones follow as
 * `PointsRecord`s before the next run. Points are in the order of the file.
 */
export interface RunRecord {
  type: 'run'
  foreignId: string
  /** The foreign id is a path within its source, not drawn at random: that runs elsewhere have the same one says nothing. */
  idIsPath?: boolean
  projectForeignId: string
  path: string
  /** As the user gave it, else the foreign id. */
  name: string
  status: RunStatus
  kind: string
  user: string
  /** Milliseconds since the epoch. */
  start: number | null
  end: number | null
  host: string
  gitCommit: string
  gitBranch: string
  gitRepository: string
  gitDirty: boolean
  command: string
  framework: string
  note: string
  /** Foreign id of the parent run. */
  parent: string
  /** Milliseconds since the epoch, 0 when only the fact is known. */
  deletedAt: number | null
  params: [key: string, value: string][]
  tags: [key: string, value: string][]
  series: SeriesRecord[]
  datasets: DatasetRecord[]
  models: ModelLinkRecord[]
  /** Where images, histograms and texts lie in the run's files; they stay there. */
  media?: MediaRecord[]
  /** Folder of the run's artifacts, relative to the source; null where the run has none. */
  artifacts: string | null
  /** Hash over all that was read of the run (not its artifacts): equal for two copies, different after any change of content. */
  digest: string
  /**
   * Hash over path, size and modification time of the run's files: unchanged means that it need not be read again.
   * Empty where something of the run could not be read: an empty one is never equal, so the run and its issues come again.
   */
  fingerprint: string
}

/** Plain arrays: most series have one to some hundred points. Steps are `bigint` only where a number cannot hold them. */
export interface SeriesRecord {
  key: string
  steps: (number | bigint)[]
  /** Seconds since the epoch. */
  times: number[]
  values: number[]
  /** All values were logged as float32, so that 0.1 is 0.10000000149011612. */
  float32?: boolean
}

/** The same as typed arrays, for series that may be long. Steps are int64 only where a float64 cannot hold one of them. */
export interface SeriesColumns {
  key: string
  steps: Float64Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>
  /** Seconds since the epoch. */
  times: Float64Array<ArrayBuffer>
  values: Float64Array<ArrayBuffer>
  float32?: boolean
}

/** Points of a run, after its record and before the next run. Whoever takes it may keep the arrays. */
export interface PointsRecord {
  type: 'points'
  runForeignId: string
  series: SeriesRecord | SeriesColumns
}

/** Where the values of one tag lie, as columns of equal length. */
export interface MediaRecord {
  kind: MediaKind
  tag: string
  steps: (number | bigint)[]
  /** Seconds since the epoch. */
  times: number[]
  /** Bytes from the start of the file to the record. */
  offsets: number[]
  /** Which of `names`. */
  files: number[]
  /** Files, relative to the folder of the run. */
  names: string[]
  /** Items of one value at the most, as images of a batch. */
  items: number
}

export interface DatasetRecord {
  name: string
  digest: string
  context: string
  sourceType: string
  source: string
}

export interface ModelLinkRecord {
  /** Foreign id of the logged model. */
  model: string
  direction: 'input' | 'output'
  step: number | bigint
}

export interface LoggedModelRecord {
  type: 'model'
  foreignId: string
  projectForeignId: string
  name: string
  path: string
  artifacts: string | null
  status: string
  modelType: string
  runForeignId: string
  /** Milliseconds since the epoch. */
  created: number | null
  deleted: boolean
  params: [key: string, value: string][]
  tags: [key: string, value: string][]
  metrics: ModelMetricRecord[]
}

/** One value measured of a logged model, by the run and on the dataset named; both may be empty. */
export interface ModelMetricRecord {
  key: string
  value: number
  step: number | bigint
  /** Seconds since the epoch. */
  time: number
  runForeignId: string
  dataset: string
  datasetDigest: string
}

export interface RegisteredModelRecord {
  type: 'registered-model'
  name: string
  description: string
  created: number | null
  tags: [key: string, value: string][]
  aliases: [alias: string, version: number][]
  versions: {
    version: number
    stage: string
    status: string
    description: string
    created: number | null
    runForeignId: string
    /** Foreign id of the logged model it was made from, empty where it names none. */
    model: string
    /** As logged; nearly always another machine's path, never followed. */
    source: string
    tags: [key: string, value: string][]
  }[]
}

/** `path` is absolute here, since an issue is shown to the user as it is. */
export interface IssueRecord extends ReadIssue {
  type: 'issue'
}
