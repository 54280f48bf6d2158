import type { Ranking } from './ranking.ts'

/** Precision against recall, recall rising from 0, where nothing is taken for positive and precision is 1 by convention. */
export interface PrecisionRecall {
  thresholds: Float64Array
  precision: Float64Array
  recall: Float64Array
}

/** A point for each threshold; recall is NaN where there are no positives. */
export function precisionRecall({ thresholds, truePositives, falsePositives, positives }: Ranking): PrecisionRecall {
  const count = thresholds.length + 1
  const curve = { thresholds: new Float64Array(count), precision: new Float64Array(count), recall: new Float64Array(count) }
  curve.thresholds[0] = Infinity
  curve.precision[0] = 1
  curve.recall[0] = positives === 0 ? Number.NaN : 0
  for (const [at, threshold] of thresholds.entries()) {
    const hits = truePositives[at]!
    curve.thresholds[at + 1] = threshold
    curve.precision[at + 1] = hits / (hits + falsePositives[at]!)
    curve.recall[at + 1] = hits / positives
  }
  return curve
}

/** Average precision: the mean of precision over steps of recall, without interpolation (scikit-learn's `average_precision_score`). NaN without positives. */
export function averagePrecision(ranking: Ranking): number {
  const { precision, recall } = precisionRecall(ranking)
  let sum = 0
  for (let at = 1; at < recall.length; at += 1) sum += (recall[at]! - recall[at - 1]!) * precision[at]!
  return ranking.positives === 0 ? Number.NaN : sum
}
