import type { BandKind } from '#contract/band.ts'

import { carryTo, type Grid } from './join.ts'
import { columnStats, quartiles } from './spread.ts'
import { studentT95 } from './student-t.ts'

/** A series of a group: places ascending, none of them NaN. */
export interface Member {
  places: Float64Array
  values: Float64Array
}

/** What a group is at each place of its grid, as columns of equal length. */
export interface GroupColumns {
  /** Mean, or median of `quartiles`; NaN where no member is finite. */
  center: Float64Array<ArrayBuffer>
  /** Edges of the band; NaN where there is none, as of a deviation of one value. */
  low: Float64Array<ArrayBuffer>
  high: Float64Array<ArrayBuffer>
  /** Members that count. */
  count: Uint32Array<ArrayBuffer>
  /** Points of members at the place that are not finite; null where all of them are. */
  strange: { nan: Uint32Array; positiveInfinity: Uint32Array; negativeInfinity: Uint32Array } | null
}

/** Places that are worked on at once: rows of so many values of all members stay in the processor's cache. */
const blockPlaces = 1_024

/** Aggregates the members at each place of their joined grid, a member from its first to its last point, by the last value at or before the place. */
export function aggregateGroup(members: readonly Member[], { places, exact }: Grid, band: BandKind): GroupColumns {
  const size = places.length
  const columns: GroupColumns = {
    center: new Float64Array(size),
    low: new Float64Array(size),
    high: new Float64Array(size),
    count: new Uint32Array(size),
    strange: null,
  }
  const readers = members.map(member => (exact && member.places.length === size ? wholeRow(member) : carriedRow(member)))
  for (let from = 0; from < size; from += blockPlaces) {
    const to = Math.min(size, from + blockPlaces)
    const block = places.subarray(from, to)
    const rows: Float64Array[] = []
    for (const read of readers) {
      const row = read(block, from)
      if (!row) continue
      rows.push(row.values)
      countStrange(columns, row, from)
    }
    if (band === 'quartiles') fillQuartiles(columns, rows, from, to)
    else fillMeans(columns, rows, band, from, to)
  }
  return columns
}

interface Row {
  values: Float64Array
  /** 1 where the member has a point of its own; null where everywhere. */
  own: Uint8Array | null
}

type ReadRow = (block: Float64Array, from: number) => Row | null

/** Of a member with one point at each place of the grid, the values themselves. */
function wholeRow({ values }: Member): ReadRow {
  return (block, from) => ({ values: values.subarray(from, from + block.length), own: null })
}

function carriedRow({ places, values }: Member): ReadRow {
  const row = { values: new Float64Array(blockPlaces), own: new Uint8Array(blockPlaces) }
  const end = places[places.length - 1] ?? Number.NaN
  const start = places[0] ?? Number.NaN
  let passed = 0
  let before = -1
  return block => {
    const count = block.length
    if (!(start <= block[count - 1]! && end >= block[0]!)) return null
    const indices = carryTo(block, places.subarray(passed))
    for (let at = 0; at < count; at += 1) {
      const index = indices[at]! < 0 ? -1 : passed + indices[at]!
      row.values[at] = index < 0 ? Number.NaN : values[index]!
      row.own[at] = index >= 0 && index !== before ? 1 : 0
      if (index >= 0) before = index
    }
    passed = Math.max(0, before)
    return { values: row.values.subarray(0, count), own: row.own.subarray(0, count) }
  }
}

function countStrange(columns: GroupColumns, { values, own }: Row, from: number): void {
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!
    if (value - value === 0 || (own && own[at] === 0)) continue
    const size = columns.count.length
    columns.strange ??= { nan: new Uint32Array(size), positiveInfinity: new Uint32Array(size), negativeInfinity: new Uint32Array(size) }
    const counts = Number.isNaN(value)
      ? columns.strange.nan
      : value > 0
        ? columns.strange.positiveInfinity
        : columns.strange.negativeInfinity
    counts[from + at]! += 1
  }
}

function fillMeans(columns: GroupColumns, rows: readonly Float64Array[], band: BandKind, from: number, to: number): void {
  const stats = columnStats(rows, to - from)
  columns.center.set(stats.mean, from)
  columns.count.set(stats.count, from)
  if (band === 'range') {
    columns.low.set(stats.least, from)
    columns.high.set(stats.greatest, from)
    return
  }
  for (let at = 0; at < to - from; at += 1) {
    const reach = stats.deviation[at]! * widthOf(band, stats.count[at]!)
    columns.low[from + at] = Math.max(-Number.MAX_VALUE, stats.mean[at]! - reach)
    columns.high[from + at] = Math.min(Number.MAX_VALUE, stats.mean[at]! + reach)
  }
}

/** Deviations that a band reaches to both sides of a mean of so many values. */
function widthOf(band: BandKind, count: number): number {
  if (band === 'std') return 1
  if (band === 'stderr') return 1 / Math.sqrt(count)
  return band === 'ci95' ? studentT95(count - 1) / Math.sqrt(count) : Number.NaN
}

function fillQuartiles(columns: GroupColumns, rows: readonly Float64Array[], from: number, to: number): void {
  const values = new Float64Array(rows.length)
  for (let at = 0; at < to - from; at += 1) {
    let count = 0
    for (const row of rows) {
      const value = row[at]!
      if (value - value !== 0) continue
      values[count] = value
      count += 1
    }
    const [low, middle, high] = quartiles(values.subarray(0, count))
    columns.low[from + at] = low
    columns.center[from + at] = middle
    columns.high[from + at] = high
    columns.count[from + at] = count
  }
}
