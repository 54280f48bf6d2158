import * as z from 'zod/mini'

import { float64, int64 } from './int64.ts'
import { datasetInput, runDetail } from './run.ts'

/** Runs that are compared at once: their ids of 16 characters fit in an address, of which servers take 16 kB. */
export const mostCompared = 500

export const comparisonInput = z.object({
  /** Ids or foreign ids; a run that stands twice is compared once. */
  runs: z.array(z.string().check(z.minLength(1), z.maxLength(500))).check(z.minLength(1), z.maxLength(mostCompared)),
})

const comparedRun = z.extend(
  z.pick(runDetail, {
    id: true,
    foreignId: true,
    name: true,
    project: true,
    status: true,
    user: true,
    start: true,
    end: true,
    host: true,
    git: true,
    command: true,
    framework: true,
    deletedAt: true,
    conflict: true,
  }),
  {
    /** Its files are gone; what was read of them stays. */
    missing: z.boolean(),
    /** As the run was asked for. */
    asked: z.string(),
    datasets: z.array(z.omit(datasetInput, { source: true, sourceType: true })),
    /** Ids of the logged models that it made, in the order it made them. */
    models: z.array(z.string()),
  },
)
export type ComparedRun = z.infer<typeof comparedRun>

/** One param or tag over all runs. */
const textRow = z.object({
  key: z.string(),
  /** The values, each once. */
  texts: z.array(z.string()),
  /** Of each run, the place of its value in `texts`; −1 where it has none. */
  at: z.array(z.int()),
})
export type TextRow = z.infer<typeof textRow>

const numbers = z.array(z.nullable(float64))
const steps = z.array(z.nullable(int64))

/** One metric over all runs; null where a run did not log it, and for `min` and `max` where it has no finite value. */
const metricRow = z.object({
  key: z.string(),
  count: z.array(z.int()),
  last: numbers,
  lastStep: steps,
  min: numbers,
  minStep: steps,
  max: numbers,
  maxStep: steps,
})
export type MetricRow = z.infer<typeof metricRow>

/** Runs side by side: all arrays of the rows are parallel to `runs`. */
export const comparison = z.object({
  runs: z.array(comparedRun),
  /** What was asked for and is not here, each with a sentence that says why. */
  missing: z.array(z.object({ asked: z.string(), reason: z.string() })),
  params: z.array(textRow),
  tags: z.array(textRow),
  metrics: z.array(metricRow),
})
export type Comparison = z.infer<typeof comparison>
