import * as z from 'zod/mini'

import { float64, int64 } from './int64.ts'
import { runStatus } from './run.ts'

export const maxPageRows = 500

export const runsPageInput = z.object({
  /** Project id, or the foreign (MLflow experiment) id. */
  project: z.string().check(z.maxLength(500)),
  /** Text of the filter language; empty matches all. */
  filter: z._default(z.string().check(z.maxLength(100_000)), ''),
  /** Operands, `-` in front for descending. Ties are broken by start time, newest first, then foreign run id. */
  sort: z._default(z.array(z.string().check(z.maxLength(20_000))).check(z.maxLength(20)), []),
  /** Operands to fetch, in the order of the answer's `columns`. */
  columns: z._default(z.array(z.string().check(z.maxLength(20_000))).check(z.maxLength(200)), []),
  offset: z._default(z.int().check(z.nonnegative()), 0),
  limit: z._default(z.int().check(z.positive(), z.maximum(maxPageRows)), 100),
  deleted: z._default(z.enum(['exclude', 'include', 'only']), 'exclude'),
})
export type RunsPageInput = z.input<typeof runsPageInput>

export const runRow = z.object({
  id: z.string(),
  name: z.string(),
  status: runStatus,
  deleted: z.boolean(),
  conflict: z.boolean(),
  missing: z.boolean(),
})
export type RunRow = z.infer<typeof runRow>

/** The answer for one column, its arrays parallel to the page's rows. */
export const pageColumn = z.object({
  operand: z.string(),
  type: z.enum(['text', 'number', 'time', 'duration', 'status']),
  /** Every value seen in this project is a number; of params only, since metrics always are. */
  numeric: z.boolean(),
  /** Numbers of metrics, milliseconds of times and durations, texts of all else as they were logged; null where the run has none. */
  values: z.array(z.nullable(z.union([float64, z.string()]))),
  /** Steps at which `first`, `last`, `min`, `max` were logged; of metrics only. */
  steps: z.optional(z.array(z.nullable(int64))),
  /** Over the matching runs (a sample of at most 1,000), finite values only; absent where there is none. Percentiles 2 and 98 bound the heat. */
  range: z.optional(z.object({ min: z.number(), p2: z.number(), p98: z.number(), max: z.number(), integers: z.boolean() })),
})
export type PageColumn = z.infer<typeof pageColumn>

export const runsPage = z.object({
  /** Runs that match the filter. */
  total: z.int(),
  /** Runs of the project, by `deleted`. */
  all: z.int(),
  offset: z.int(),
  rows: z.array(runRow),
  columns: z.array(pageColumn),
})
export type RunsPage = z.infer<typeof runsPage>

export const keyEntry = z.object({
  /** Text of the operand, ready for a filter: ``metrics.`val/acc` ``. */
  operand: z.string(),
  kind: z.enum(['metric', 'param', 'tag', 'attribute']),
  key: z.string(),
  /** Runs of the project that have it. */
  runs: z.int(),
  numeric: z.boolean(),
  /** Runs have different values of it; always so of metrics and attributes. */
  varies: z.boolean(),
})
export type KeyEntry = z.infer<typeof keyEntry>

export const keysPage = z.object({ total: z.int(), keys: z.array(keyEntry) })
export type KeysPage = z.infer<typeof keysPage>

/** Values seen for one operand, most frequent first. */
export const valuesPage = z.object({
  distinct: z.int(),
  values: z.array(z.object({ value: z.string(), runs: z.int() })),
})
export type ValuesPage = z.infer<typeof valuesPage>
