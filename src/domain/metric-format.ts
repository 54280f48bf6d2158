import { fromFloat64, type Float64 } from '#contract/int64.ts'
import type { MetricSummary } from '#contract/run.ts'
import { numberFormat, type NumberFormat } from '#lib/format.ts'

type Values = Pick<MetricSummary, 'first' | 'last' | 'min' | 'max' | 'mean' | 'count' | 'nan' | 'positiveInfinity' | 'negativeInfinity'>

/** How the values of one metric are written, so that its last, least and greatest can be compared. `mean` may need decimals that they do not. */
export function metricFormat(metric: Values): { values: NumberFormat; mean: NumberFormat } {
  const finite = [metric.first, metric.last, metric.min, metric.max].flatMap(point => (point ? finiteNumber(point.value) : []))
  const mean = metric.mean === null ? undefined : fromFloat64(metric.mean)
  if (finite.length === 0) return { values: numberFormat(undefined), mean: numberFormat(undefined) }
  const range = { min: Math.min(...finite), max: Math.max(...finite) }
  const whole = finite.every(Number.isInteger) && sumIsWhole(metric, mean)
  return {
    values: numberFormat({ ...range, integers: whole }),
    mean: numberFormat({ ...range, integers: whole && Number.isInteger(mean) }),
  }
}

function finiteNumber(value: Float64): number[] {
  const number = fromFloat64(value)
  return Number.isFinite(number) ? [number] : []
}

/** The sum of whole numbers is whole: accuracies that begin at 0 and reach 1 give themselves away by theirs. */
function sumIsWhole({ count, nan, positiveInfinity, negativeInfinity }: Values, mean: number | undefined): boolean {
  const sum = (mean ?? 0) * (count - nan - positiveInfinity - negativeInfinity)
  return Math.abs(sum - Math.round(sum)) <= 1e-9 * Math.max(1, Math.abs(sum))
}
