import type { NumberCompareRow } from './compare-rows.ts'

export interface Delta {
  text: string
  /** Null where nobody knows which way is better, and for no difference that can be seen. */
  verdict: 'better' | 'worse' | null
  up: boolean
}

/** How far a run is from the baseline; null where one of the two has no finite value, or the row has no differences. */
export function deltaOf(row: NumberCompareRow, run: number, baseline: number): Delta | null {
  const value = row.values[run] ?? NaN
  const before = row.values[baseline] ?? NaN
  const difference = value - before
  if (!row.hasDelta || !Number.isFinite(difference)) return null
  if (row.format(value) === row.format(before)) return { text: 'same', verdict: null, up: false }
  const up = difference > 0
  const verdict = row.better === null ? null : up === (row.better === 'higher') ? 'better' : 'worse'
  const size = row.formatDifference?.(Math.abs(difference), before) ?? row.format(Math.abs(difference))
  return { text: `${up ? '+' : '−'}${size}`, verdict, up }
}
