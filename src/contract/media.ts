import * as z from 'zod/mini'

import { float64, int64 } from './int64.ts'

/** What a run logged by step besides numbers. */
export const mediaKind = z.enum(['image', 'histogram', 'text', 'audio', 'pr-curve'])
export type MediaKind = z.infer<typeof mediaKind>

/** All that one tag holds of one kind. */
export const mediaTag = z.object({
  kind: mediaKind,
  tag: z.string(),
  /** Ascending; each once, also where several values were logged at it. */
  steps: z.array(int64),
  /** Images, or pieces of audio, that one value has at the most. */
  items: z.int(),
})
export type MediaTag = z.infer<typeof mediaTag>

export const mediaList = z.object({ tags: z.array(mediaTag) })
export type MediaList = z.infer<typeof mediaList>

/** A value of a tag at a step; of several at one step, the last. */
export const mediaPlace = z.object({ run: z.string(), tag: z.string(), step: z.string().check(z.regex(/^-?\d{1,19}$/)) })

export const histogram = z.object({
  step: int64,
  /** Seconds since the epoch. */
  time: z.number(),
  /** Left edge, right edge and count of each bucket, edges rising. */
  buckets: z.array(z.tuple([float64, float64, float64])),
})
export type Histogram = z.infer<typeof histogram>

export const histograms = z.object({ histograms: z.array(histogram) })

/** Counts and rates of a classifier at the thresholds 0, 1/(n−1), …, 1, in lists of one length (TensorBoard's pr_curve plugin). */
export const prCurve = z.object({
  step: int64,
  /** Seconds since the epoch. */
  time: z.number(),
  truePositives: z.array(float64),
  falsePositives: z.array(float64),
  trueNegatives: z.array(float64),
  falseNegatives: z.array(float64),
  precision: z.array(float64),
  recall: z.array(float64),
})
export type PrCurve = z.infer<typeof prCurve>

export const mediaText = z.object({
  step: int64,
  /** Seconds since the epoch. */
  time: z.number(),
  texts: z.array(z.string()),
  /** Texts a row where they are a table; 1 for a list. */
  columns: z.int(),
})
export type MediaText = z.infer<typeof mediaText>
