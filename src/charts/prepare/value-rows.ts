import { formatNumber, type NumberFormat } from '#lib/format.ts'

import { toFraction, type AxisScale } from './axis-scale.ts'
import type { LineInput } from './line-input.ts'
import { extent, widen, widenLog } from './value-range.ts'

/** A line of which one value was logged. */
export interface ValueRow {
  id: string
  label: string
  color: string
  context: boolean
  /** The value as it is written. */
  text: string
  /** Fraction of a scale that all rows share; null for a value that it does not have. */
  at: number | null
  /** Fractions between which the band of a group lies; null where there is none. */
  band: readonly [from: number, to: number] | null
}

/** Every line has one point, so that there is no course to draw. */
export function areSingleValues(lines: readonly LineInput[]): boolean {
  return lines.length > 0 && lines.every(({ window }) => window.total === 1 && window.drawn.values.length === 1)
}

/** What stands in place of lines where each has one point: a row each, the greatest first; null for any other chart. */
export function valueRows(lines: readonly LineInput[], log: boolean, format: NumberFormat): ValueRow[] | null {
  if (!areSingleValues(lines)) return null
  const values = lines.map(({ window }) => window.drawn.values[0] ?? Number.NaN)
  const ends = lines.map(({ band }) => [band?.low[0] ?? Number.NaN, band?.high[0] ?? Number.NaN] as const)
  const scale = scaleOf([...values, ...ends.flat()], log)
  return lines
    .map(({ id, label, color, context }, index) => {
      const value = values[index] ?? Number.NaN
      const at = toFraction(scale, value)
      const [from, to] = (ends[index] ?? []).map(end => toFraction(scale, end))
      const band = from === undefined || to === undefined || Number.isNaN(from + to) ? null : ([from, to] as const)
      return { value, row: { id, label, color, context, text: formatNumber(value, format), at: Number.isNaN(at) ? null : at, band } }
    })
    .toSorted((a, b) => Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value)) || b.value - a.value || 0)
    .map(({ row }) => row)
}

/** From the least to the greatest value: dots say by their places how values differ, and so need no zero. */
function scaleOf(values: readonly number[], log: boolean): AxisScale {
  const range = extent([values], log)
  if (!range) return { min: log ? 1 : 0, max: log ? 10 : 1, log }
  const [min, max] = range.min < range.max ? [range.min, range.max] : log ? widenLog(range.min, range.max) : widen(range.min, range.max)
  return { min, max, log }
}
