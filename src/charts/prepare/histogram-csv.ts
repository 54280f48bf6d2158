import { fromFloat64, type Float64 } from '#contract/int64.ts'
import type { Histogram } from '#contract/media.ts'

/** Digits that tell limits apart, which rise by a tenth as TensorBoard's writers make them. */
const digits = 7

/** Numbers of buckets for a table. */
export function bucketTexts({ buckets }: Histogram): [left: string, right: string, count: string][] {
  return buckets.map(([left, right, count]) => [rounded(left), rounded(right), String(count)])
}

function rounded(value: Float64): string {
  return String(Number(fromFloat64(value).toPrecision(digits))).replaceAll('-', '−')
}

/** Buckets of a histogram as CSV (RFC 4180), a row each, in the shortest digits that give its numbers back. */
export function histogramCsv({ buckets }: Histogram): string {
  return ['left,right,count', ...buckets.map(row => row.join(',')), ''].join('\r\n')
}
