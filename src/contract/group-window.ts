import * as z from 'zod/mini'

import { bandKind } from './band.ts'
import { derivation } from './derivation.ts'

/** Runs whose series are read for one answer, over all groups. */
export const mostGroupedRuns = 500

/**
 * Groups of runs as lines: each metric of each group is one, made of every point of its runs and thinned after that. Answered with a
 * window each (`windows-frame.ts`), metric by metric and of each group by group, whose `run` is the group's id.
 */
export const groupWindowsInput = z.object({
  keys: z.array(z.string()).check(z.maxLength(100)),
  groups: z.array(z.object({ id: z.string(), runs: z.array(z.string()).check(z.maxLength(mostGroupedRuns)) })).check(z.maxLength(100)),
  /** What the runs are joined on and `from` and `to` are: steps, seconds since the epoch, or seconds since the first point of each run. */
  x: z._default(z.enum(['step', 'time', 'relative']), 'step'),
  from: z._default(z.nullable(z.number()), null),
  to: z._default(z.nullable(z.number()), null),
  band: z._default(bandKind, 'std'),
  /** What is made of each run's series before they are put together. */
  derive: z.optional(derivation),
  /** Pixels of a chart; the server takes the next multiple of 64. */
  width: z.int().check(z.positive(), z.maximum(8_192)),
})
