import * as z from 'zod/mini'

import { float64, int64 } from './int64.ts'

export const runStatuses = ['running', 'finished', 'failed', 'killed', 'scheduled'] as const
export const runStatus = z.enum(runStatuses)
export type RunStatus = z.infer<typeof runStatus>

const summaryPoint = z.object({ value: float64, step: int64 })

/** What is known of a metric without reading its points. `min` and `max` are over finite values, null where there is none. */
export const metricSummary = z.object({
  key: z.string(),
  count: z.int(),
  nan: z.int(),
  positiveInfinity: z.int(),
  negativeInfinity: z.int(),
  first: summaryPoint,
  /** The greatest (step, time, value), as MLflow's latest metric; `time` in seconds since the epoch. */
  last: z.extend(summaryPoint, { time: z.number() }),
  min: z.nullable(summaryPoint),
  max: z.nullable(summaryPoint),
  mean: z.nullable(float64),
})
export type MetricSummary = z.infer<typeof metricSummary>

export const keyValue = z.object({ key: z.string(), value: z.string() })
export type KeyValue = z.infer<typeof keyValue>

export const datasetInput = z.object({
  name: z.string(),
  digest: z.string(),
  /** What the run used it for: `train`, `eval`, … as logged; empty where the client said nothing. */
  context: z.string(),
  sourceType: z.string(),
  source: z.string(),
})
export type DatasetInput = z.infer<typeof datasetInput>

export const modelOutput = z.object({
  id: z.string(),
  name: z.string(),
  direction: z.enum(['input', 'output']),
  step: int64,
  status: z.string(),
  type: z.string(),
  /** Versions in the registry that point at this model or run. */
  versions: z.array(z.object({ model: z.string(), version: z.int(), stage: z.string(), aliases: z.array(z.string()) })),
})
export type ModelOutput = z.infer<typeof modelOutput>

/** A source and the path of the run in it, empty where the source is a file. */
export const runPlace = z.object({ source: z.string(), path: z.string(), missing: z.boolean() })

export const runDetail = z.object({
  id: z.string(),
  foreignId: z.string(),
  name: z.string(),
  project: z.object({ id: z.string(), name: z.string() }),
  status: runStatus,
  kind: z.string(),
  user: z.string(),
  /** Milliseconds since the epoch; null where the client wrote none. */
  start: z.nullable(z.number()),
  end: z.nullable(z.number()),
  host: z.string(),
  git: z.object({ commit: z.string(), branch: z.string(), repository: z.string(), dirty: z.boolean() }),
  /** Script, notebook or command that made the run, as logged. */
  command: z.string(),
  framework: z.string(),
  note: z.string(),
  parent: z.nullable(z.object({ id: z.string(), name: z.string() })),
  children: z.array(z.object({ id: z.string(), name: z.string(), status: runStatus })),
  /** Milliseconds since the epoch, 0 where only the fact is known; null while the run is not deleted. */
  deletedAt: z.nullable(z.number()),
  /** Another run has the same foreign id and other content. */
  conflict: z.boolean(),
  places: z.array(runPlace),
  points: z.int(),
  params: z.array(keyValue),
  tags: z.array(keyValue),
  metrics: z.array(metricSummary),
  datasets: z.array(datasetInput),
  models: z.array(modelOutput),
})
export type RunDetail = z.infer<typeof runDetail>
