import type { Histogram } from '#contract/media.ts'

/** Numbers as they were logged, in the shortest digits that give them back. */
export function bucketTexts({ buckets }: Histogram): [left: string, right: string, count: string][] {
  return buckets.map(([left, right, count]) => [String(left), String(right), String(count)])
}

/** Buckets of a histogram as CSV (RFC 4180), a row each. */
export function histogramCsv(histogram: Histogram): string {
  return ['left,right,count', ...bucketTexts(histogram).map(row => row.join(',')), ''].join('\r\n')
}
