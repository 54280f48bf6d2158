import * as z from 'zod/mini'

import type { ApiErrorBody } from './api-error.ts'
import { derivation } from './derivation.ts'
import type { Series } from './series-frame.ts'

/** A stretch of a series that holds values that are not finite, both ends included. */
export interface NonFiniteSpan {
  fromStep: number
  toStep: number
  /** Seconds since the epoch. */
  fromTime: number
  toTime: number
  /** The least and the greatest value of the metric that the horizontal axis shows; only where it shows one. */
  fromX?: number
  toX?: number
  nan: number
  positiveInfinity: number
  negativeInfinity: number
}

/** Where a run was resumed from a step before the last one that it had logged. */
export interface Seam {
  /** Step and time (seconds since the epoch) of the first point that was logged then. */
  step: number
  time: number
  /** Points that were logged before from that step on. */
  superseded: number
  /** Those of them that the window shows, thinned as the line is; none of what is derived. */
  drawn: Series
}

/**
 * The part of one series that a chart draws: every point of the window where they fit its width, else of each bucket of consecutive
 * points the first finite one, the least, the greatest and the last finite one. All of them are points as logged, in the order (step, time,
 * arrival), and on both sides what lies next to the window is among them.
 */
export interface SeriesWindow {
  run: string
  /** Of the metric, or the text of the expression that was asked for. */
  key: string
  expression?: true
  /** Values that are not finite stand as logged where every point is drawn; a bucket of which none is finite is drawn as NaN. */
  drawn: Series
  /** Points of the series. */
  total: number
  /** Points of the series in the window; of buckets, those that have a part in it. */
  points: number
  /** Points a bucket; 1 where every point of the window is drawn. */
  bucket: number
  /** Time of the first point of the series, in seconds since the epoch: where relative time begins. */
  firstTime: number
  /** Values were logged as 32-bit floats: 0.1 is shown as 0.1. */
  float32: boolean
  /** In the order of the series; neighbours are joined. */
  nonFinite: NonFiniteSpan[]
  /** In the order of their times, where the run was resumed: `drawn` is of the newest points then, and seams have the others. */
  seams?: Seam[]
  /** Where the line stands for a group of runs. */
  group?: GroupFacts
  /** Around a group's line, a low and a high for each drawn point: of buckets the least and the greatest of all that the bucket stands for. */
  band?: { low: Float64Array; high: Float64Array }
  /**
   * Where several metrics of the run were joined on step: `exact` where all have points at the same steps, `carried` where the last value of
   * one was carried on to a step of another.
   */
  join?: 'exact' | 'carried'
  /** Value of the metric that the horizontal axis shows, at each drawn point; finite, and in no order of its own. */
  x?: Float64Array<ArrayBuffer>
  /** Points that have no such value, and so no place in the chart. */
  unplaced?: number
}

/** What a line of a group is made of. */
export interface GroupFacts {
  /** Runs that have the metric, of so many in the group. */
  runs: number
  of: number
  /** Runs that enter the centre, where they are fewest and where they are most. */
  least: number
  most: number
  /** The runs have points at the same places. Else each has its last value carried on to the places of the others. */
  exact: boolean
  /** Values of runs that are not finite and so enter nothing. */
  left: number
}

/** A series that was asked for and cannot be had; the others can. */
export interface SeriesFault {
  run: string
  key: string
  expression?: true
  error: ApiErrorBody
}

/** One series: a metric of a run by its key, or an expression over its metrics (`expression/parse.ts`), whose text is the `key` then. */
export const seriesRef = z.object({ run: z.string(), key: z.string(), expression: z.optional(z.literal(true)) })
export type SeriesRef = z.infer<typeof seriesRef>

/** Series of one page of charts that are drawn over the same window. */
export const seriesWindowsInput = z.object({
  series: z.array(seriesRef).check(z.maxLength(2_000)),
  /** What `from` and `to` are: steps, seconds since the epoch, seconds since the first point of each series, or values of the metric `xKey`. */
  x: z._default(z.enum(['step', 'time', 'relative', 'metric']), 'step'),
  /** Key of the metric that the horizontal axis shows; only where `x` says so. */
  xKey: z.optional(z.string()),
  from: z._default(z.nullable(z.number()), null),
  to: z._default(z.nullable(z.number()), null),
  /** What is made of each series first; its own points where this is left out. */
  derive: z.optional(derivation),
  /** Pixels of a chart; the server takes the next multiple of 64. */
  width: z.int().check(z.positive(), z.maximum(8_192)),
})
