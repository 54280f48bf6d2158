import * as z from 'zod/mini'

/** `closed`: remembered by the home and not opened in this session. */
export const sourceStates = ['waiting', 'reading', 'ready', 'failed', 'empty', 'closed'] as const
export const sourceState = z.enum(sourceStates)
export type SourceState = z.infer<typeof sourceState>

/** Something a reader could not take, with where and why. Nothing else is lost by it. */
export const readIssue = z.object({
  path: z.string(),
  /** 1-based line; null where the whole file or folder is meant. */
  line: z.nullable(z.int()),
  reason: z.string(),
})
export type ReadIssue = z.infer<typeof readIssue>

export const sourceHealth = z.object({
  path: z.string(),
  format: z.string(),
  state: sourceState,
  /** Deleted runs included. */
  runs: z.int(),
  /** Accepted metric points of runs, duplicates included. */
  points: z.int(),
  issues: z.int(),
})

export const health = z.object({
  status: z.enum(['ok', 'reading', 'degraded']),
  version: z.string(),
  sources: z.array(sourceHealth),
})
export type Health = z.infer<typeof health>

export const sourceEntry = z.extend(sourceHealth, {
  id: z.string(),
  name: z.string(),
  /** Runs found by the scan, read or not; null before the scan ended. */
  runsFound: z.nullable(z.int()),
  /** Milliseconds that the last reading took; null while it goes on. */
  readMs: z.nullable(z.number()),
  /** The first issues, at most 1,000; `issues` counts all. */
  issueList: z.array(readIssue),
})
export type SourceEntry = z.infer<typeof sourceEntry>

export const project = z.object({
  id: z.string(),
  foreignId: z.string(),
  name: z.string(),
  /** Name of its source, shown where two projects share a name. */
  source: z.string(),
  description: z.string(),
  runs: z.int(),
  running: z.int(),
  deleted: z.int(),
  /** Metric that decides which run is best, with its direction; null where nothing names one. */
  primaryMetric: z.nullable(z.object({ key: z.string(), greaterIsBetter: z.boolean() })),
})
export type Project = z.infer<typeof project>
