import type { PageColumn } from '#contract/runs-page.ts'
import type { Column } from '#server/store/column.ts'

const sampleSize = 1_000

function numberAt(column: Column, at: number): number {
  if (column.kind === 'number') return column.present[at] ? (column.numbers[at] ?? Number.NaN) : Number.NaN
  return column.numbers[column.codes[at] ?? 0] ?? Number.NaN
}

/** At most 1,000 of the positions that match, at even distances, so that the cost of a column does not grow with the project. */
export function samplePositions(matches: Uint8Array, total: number): Uint32Array {
  const stride = Math.max(1, Math.floor(total / sampleSize))
  const sample: number[] = []
  let seen = 0
  for (let at = 0; at < matches.length; at += 1) {
    if (!matches[at]) continue
    if (seen % stride === 0) sample.push(at)
    seen += 1
  }
  return Uint32Array.from(sample)
}

/** Spread of the finite values of a sample of runs. Undefined for text without numbers and where no value is finite. */
export function columnRange(column: Column, sample: Uint32Array): PageColumn['range'] {
  if (column.kind === 'text' && !column.isNumber.includes(true)) return undefined
  const values = Float64Array.from(sample, at => numberAt(column, at))
    .filter(Number.isFinite)
    .sort()
  if (values.length === 0) return undefined
  const quantile = (share: number) => values[Math.round(share * (values.length - 1))] ?? 0
  return { min: quantile(0), p2: quantile(0.02), p98: quantile(0.98), max: quantile(1), integers: values.every(Number.isInteger) }
}
