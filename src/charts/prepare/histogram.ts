import { fromFloat64 } from '#contract/int64.ts'
import type { Histogram } from '#contract/media.ts'
import { formatNumber, numberFormat } from '#lib/format.ts'

import { axisNumbers } from './axis-numbers.ts'
import { linearTicks } from './linear-ticks.ts'

interface Bucket {
  left: number
  right: number
  count: number
}

/** A histogram as a shape: places are fractions of the plot, x from 0 (left) to 1, y from 0 (bottom) to 1. */
export interface HistogramModel {
  /** SVG path of the outline in a box of 1 × 1 with y downwards. */
  path: string
  ticks: { at: number; text: string }[]
  /** What it shows, in words. */
  summary: string
}

/** Histograms of many steps beside each other: columns are steps, rows are values from the greatest down, shades are shares of the fullest cell of a column. */
export interface HeatStrip {
  columns: number
  rows: number
  /** SVG paths in a box of `columns` × `rows`, by shade from 1 on. */
  paths: string[]
}

export interface ValueRange {
  min: number
  max: number
}

const shades = 6
const stripRows = 32

function bucketsOf({ buckets }: Histogram): Bucket[] {
  return buckets
    .map(([left, right, count]) => ({ left: fromFloat64(left), right: fromFloat64(right), count: fromFloat64(count) }))
    .filter(({ left, right, count }) => Number.isFinite(left) && Number.isFinite(right) && right >= left && count > 0)
}

/** The range that holds all values of some histograms; null where they hold none. */
export function histogramRange(histograms: readonly Histogram[]): ValueRange | null {
  let [min, max] = [Infinity, -Infinity]
  for (const bucket of histograms.flatMap(bucketsOf)) {
    min = Math.min(min, bucket.left)
    max = Math.max(max, bucket.right)
  }
  if (min > max) return null
  if (min < max) return { min, max }
  const room = Math.abs(min) * 0.1 || 1
  return { min: min - room, max: max + room }
}

/** Decides what a histogram shows over a range: heights are counts by width, so that buckets of any widths are told apart rightly. */
export function prepareHistogram(histogram: Histogram, { min, max }: ValueRange, width: number): HistogramModel {
  const buckets = bucketsOf(histogram)
  const span = max - min
  const thinnest = span / 200
  const density = ({ left, right, count }: Bucket) => count / Math.max(right - left, thinnest)
  const fullest = Math.max(...buckets.map(density), 0)
  const place = (value: number) => Number(((value - min) / span).toFixed(5))
  const bars = buckets.map(bucket => {
    const left = place(bucket.left)
    const right = Math.max(place(bucket.right), left + 1 / 200)
    return `M${left} 1V${Number((1 - density(bucket) / fullest).toFixed(5))}H${right}V1Z`
  })
  const total = buckets.reduce((sum, { count }) => sum + count, 0)
  const format = numberFormat({ min, max, integers: false })
  const ticks = linearTicks(min, max, Math.max(2, Math.floor(width / 90)), { inside: true }).values
  const texts = axisNumbers(ticks)
  const words = (value: number) => formatNumber(value, format)
  return {
    path: bars.join(''),
    ticks: ticks.map((tick, index) => ({ at: place(tick), text: texts[index] ?? '' })),
    summary:
      buckets.length === 0
        ? 'No values.'
        : `${formatNumber(total, { decimals: 0, exponents: false })} values from ${words(buckets[0]?.left ?? 0)} to ${words(buckets.at(-1)?.right ?? 0)}.`,
  }
}

/** Decides the strip of many histograms over a range. */
export function prepareStrip(histograms: readonly Histogram[], { min, max }: ValueRange): HeatStrip {
  const paths = Array.from({ length: shades }, () => '')
  for (const [column, histogram] of histograms.entries()) {
    const rows = spread(bucketsOf(histogram), { min, max })
    const fullest = Math.max(...rows)
    for (const [row, count] of rows.entries()) {
      // By the root, so that tails are seen beside a peak.
      const shade = count > 0 ? Math.max(1, Math.round(Math.sqrt(count / fullest) * shades)) : 0
      if (shade > 0) paths[shade - 1] += `M${column} ${stripRows - 1 - row}h1v1h-1z`
    }
  }
  return { columns: histograms.length, rows: stripRows, paths }
}

/** Counts of buckets shared out over rows of equal height, by how much of each bucket lies in a row. */
function spread(buckets: readonly Bucket[], { min, max }: ValueRange): Float64Array {
  const rows = new Float64Array(stripRows)
  const place = (value: number) => Math.min(stripRows, Math.max(0, ((value - min) / (max - min)) * stripRows))
  for (const { left, right, count } of buckets) {
    const [from, to] = [place(left), place(right)]
    if (to - from < 1e-9) {
      rows[Math.min(stripRows - 1, Math.floor(from))]! += count
      continue
    }
    for (let row = Math.floor(from); row < Math.min(stripRows, Math.ceil(to)); row += 1)
      rows[row]! += (count * (Math.min(to, row + 1) - Math.max(from, row))) / (to - from)
  }
  return rows
}
