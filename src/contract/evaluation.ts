import * as z from 'zod/mini'

import { float64 } from './int64.ts'

/*
 * Evaluation data, a public format: any client writes it as JSON into the artifacts of a run, and what other tools write is read into it. It is
 * changed only by adding. Numbers may be NaN and ±Infinity, as bare words (Python's `json.dump`) or in quotes.
 */

const version = z.literal(1)
/** The data that were evaluated, such as `test`. */
const split = z.optional(z.string())
const label = z.string()
const numbers = z.array(float64)

export const confusionEvaluation = z.object({
  kind: z.literal('readout/confusion-matrix'),
  version,
  split,
  /** Names of the classes, each once. */
  labels: z.array(label),
  /** Rows are actual classes and columns predicted ones, in the order of the labels. */
  counts: z.array(z.array(z.number().check(z.nonnegative()))),
})

/** Lists of a curve have one length, a number for each point. */
const rankedCurve = {
  /** The class that counts as positive, or another name. */
  label,
  thresholds: z.optional(numbers),
  /** Examples of the positive class, and of all others. */
  positives: z.optional(z.number()),
  negatives: z.optional(z.number()),
}

export const rocEvaluation = z.object({
  kind: z.literal('readout/roc'),
  version,
  split,
  curves: z.array(z.object({ fpr: numbers, tpr: numbers, ...rankedCurve })),
})

export const prEvaluation = z.object({
  kind: z.literal('readout/pr'),
  version,
  split,
  curves: z.array(z.object({ precision: numbers, recall: numbers, ...rankedCurve })),
})

export const calibrationEvaluation = z.object({
  kind: z.literal('readout/calibration'),
  version,
  split,
  curves: z.array(
    z.object({
      label,
      /** Mean predicted probability of each bin. */
      predicted: numbers,
      /** Share of positives in each bin. */
      observed: numbers,
      /** Examples in each bin. */
      counts: z.optional(numbers),
    }),
  ),
})

const shapes = [confusionEvaluation, rocEvaluation, prEvaluation, calibrationEvaluation] as const
export const evaluation = z.discriminatedUnion('kind', shapes)
export const evaluationKinds: string[] = shapes.flatMap(({ shape }) => shape.kind.def.values)
export type Evaluation = z.infer<typeof evaluation>
export type ConfusionEvaluation = z.infer<typeof confusionEvaluation>
