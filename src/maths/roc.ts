import type { Ranking } from './ranking.ts'

/** Receiver operating characteristic: rates from (0, 0), where the threshold is Infinity and nothing is taken for positive, to (1, 1). */
export interface RocCurve {
  thresholds: Float64Array
  falsePositiveRate: Float64Array
  truePositiveRate: Float64Array
}

/** A point for each threshold; NaN where a rate is of no examples. */
export function rocCurve({ thresholds, truePositives, falsePositives, positives, negatives }: Ranking): RocCurve {
  return {
    thresholds: withFirst(Infinity, thresholds, 1),
    falsePositiveRate: withFirst(0, falsePositives, negatives),
    truePositiveRate: withFirst(0, truePositives, positives),
  }
}

function withFirst(first: number, values: Float64Array, whole: number): Float64Array {
  const all = new Float64Array(values.length + 1)
  all[0] = first / whole
  for (const [at, value] of values.entries()) all[at + 1] = value / whole
  return all
}

/** Area under a curve by trapezoids, `x` rising. */
export function areaUnder(x: Float64Array, y: Float64Array): number {
  let area = 0
  for (let at = 1; at < x.length; at += 1) area += ((x[at]! - x[at - 1]!) * (y[at]! + y[at - 1]!)) / 2
  return area
}

/** Area under the ROC curve; NaN where all examples are of one class. */
export function rocAuc(ranking: Ranking): number {
  if (ranking.positives === 0 || ranking.negatives === 0) return Number.NaN
  const { falsePositiveRate, truePositiveRate } = rocCurve(ranking)
  return areaUnder(falsePositiveRate, truePositiveRate)
}

type Rates = Omit<RocCurve, 'thresholds'>

/**
 * The macro-average of one-vs-rest curves: the mean of their true positive rates at each false positive rate that one of them has, straight
 * between points. Where a curve rises at one rate, both ends of the rise stand there, so that the area under the mean is the mean of the areas.
 * It has no thresholds, since those of different classes are not of one scale. Curves of classes without examples, whose rates are NaN, stay out.
 */
export function averageRoc(curves: readonly Rates[]): Rates {
  const rates = Float64Array.from(new Set(curves.flatMap(({ falsePositiveRate }) => [...falsePositiveRate]))).sort()
  const [low, high] = [new Float64Array(rates.length), new Float64Array(rates.length)]
  for (const curve of curves) {
    let at = 0
    for (const [index, rate] of rates.entries()) {
      const { falsePositiveRate: x, truePositiveRate: y } = curve
      while (at < x.length - 1 && x[at]! < rate) at += 1
      low[index]! += heightAt(curve, at, rate) / curves.length
      while (at < x.length - 1 && x[at + 1] === rate) at += 1
      high[index]! += (x[at] === rate ? y[at]! : heightAt(curve, at, rate)) / curves.length
    }
  }
  const points = [...rates].flatMap((rate, index) =>
    [low[index]!, ...(high[index] === low[index] ? [] : [high[index]!])].map(height => [rate, height] as const),
  )
  return {
    falsePositiveRate: Float64Array.from(points, ([rate]) => rate),
    truePositiveRate: Float64Array.from(points, ([, height]) => height),
  }
}

/** Height of a curve at a rate that is not after its point `at` and is after the one before it. */
function heightAt({ falsePositiveRate: x, truePositiveRate: y }: Rates, at: number, rate: number): number {
  if (at === 0 || x[at] === rate) return y[at]!
  return y[at - 1]! + ((y[at]! - y[at - 1]!) * (rate - x[at - 1]!)) / (x[at]! - x[at - 1]!)
}
