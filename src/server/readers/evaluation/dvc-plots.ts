import * as z from 'zod/mini'

import type { ConfusionEvaluation, Evaluation } from '#contract/evaluation.ts'
import { toFloat64 } from '#contract/int64.ts'
import { confusionMatrix } from '#maths/confusion.ts'

import { sortedNames } from './class-names.ts'

/*
 * What DVCLive's `log_sklearn_plot` and DVC's plots write (dvclive/plots/sklearn.py). Names of the files are the user's, so the content decides.
 */

const number = z.custom<number>(value => typeof value === 'number')
const text = z.union([z.string(), z.number(), z.boolean()])
const pairs = z.array(z.object({ actual: text, predicted: text })).check(z.minLength(1))
const roc = z.object({ roc: z.array(z.object({ fpr: number, tpr: number, threshold: z.optional(number) })) })
const precisionRecall = z.object({
  precision_recall: z.array(z.object({ precision: number, recall: number, threshold: z.optional(number) })),
})
const calibration = z.object({ calibration: z.array(z.object({ prob_true: number, prob_pred: number })) })

/** Evaluation data that DVCLive wrote, from its parsed JSON; null for any other JSON. */
export function readDvcPlot(json: unknown): Evaluation | null {
  if (Array.isArray(json)) {
    const { data } = pairs.safeParse(json)
    return data ? matrixOf(data.map(pair => [String(pair.actual), String(pair.predicted)])) : null
  }
  const rates = roc.safeParse(json).data?.roc
  if (rates) {
    const curve = { fpr: rates.map(({ fpr }) => toFloat64(fpr)), tpr: rates.map(({ tpr }) => toFloat64(tpr)), ...thresholdsOf(rates) }
    return { kind: 'readout/roc', version: 1, curves: [{ label: '', ...curve }] }
  }
  const points = precisionRecall.safeParse(json).data?.precision_recall
  if (points) return precisionRecallOf(points)
  const bins = calibration.safeParse(json).data?.calibration
  if (!bins) return null
  const curve = { predicted: bins.map(bin => toFloat64(bin.prob_pred)), observed: bins.map(bin => toFloat64(bin.prob_true)) }
  return { kind: 'readout/calibration', version: 1, curves: [{ label: '', ...curve }] }
}

function thresholdsOf(points: readonly { threshold?: number | undefined }[]) {
  if (points.some(({ threshold }) => threshold === undefined)) return {}
  return { thresholds: points.map(({ threshold }) => toFloat64(threshold ?? Number.NaN)) }
}

/** In the order of rising recall. DVCLive zips points with thresholds, of which there is one less: the point (recall 0, precision 1) is lost and is put back. */
function precisionRecallOf(points: readonly z.infer<typeof precisionRecall>['precision_recall'][number][]): Evaluation {
  const rising = [{ precision: 1, recall: 0, threshold: Infinity }, ...points.toReversed()]
  const curve = {
    precision: rising.map(point => toFloat64(point.precision)),
    recall: rising.map(point => toFloat64(point.recall)),
    ...thresholdsOf(rising),
  }
  return { kind: 'readout/pr', version: 1, curves: [{ label: '', ...curve }] }
}

/** A matrix of pairs of actual and predicted class. */
function matrixOf(pairs: readonly (readonly [actual: string, predicted: string])[]): ConfusionEvaluation {
  const predictedNames = new Set(pairs.map(([, predicted]) => predicted))
  // A column vector of labels is written as lists of one: "[0]" beside the prediction "0".
  const plain = (actual: string): string => {
    const inner = /^\[(.*)\]$/s.exec(actual)?.[1]
    return inner !== undefined && !predictedNames.has(actual) && predictedNames.has(inner) ? inner : actual
  }
  const named = pairs.map(([actual, predicted]) => [plain(actual), predicted] as const)
  const labels = sortedNames(new Set(named.flat()))
  const places = new Map(labels.map((name, at) => [name, at]))
  const placeOf = (name: string): number => places.get(name) ?? -1
  const counts = confusionMatrix(
    named.map(([actual]) => placeOf(actual)),
    named.map(([, predicted]) => placeOf(predicted)),
    labels.length,
  )
  const rows = labels.map((_, row) => [...counts.subarray(row * labels.length, (row + 1) * labels.length)])
  return { kind: 'readout/confusion-matrix', version: 1, labels, counts: rows }
}
