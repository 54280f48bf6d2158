import type { Series } from '#contract/series-frame.ts'
import type { SeriesWindow } from '#contract/series-window.ts'
import { keptPoints, thinMore, thinSeries, type Thinned } from '#maths/thin.ts'
import { levelPoints, type Level } from '#server/store/pyramid.ts'
import type { SeriesSource } from '#server/store/series-source.ts'

import { everySpan, spansOfBuckets, withoutRepeats } from './drawn-points.ts'

export interface DrawWindow {
  /** What `from` and `to` are: steps, or seconds since the epoch. */
  x: 'step' | 'time'
  from: number | null
  to: number | null
  /** Pixels: at the most so many buckets, and at the least a fourth of it where there are that many points. */
  width: number
}

export type Drawn = Pick<SeriesWindow, 'drawn' | 'points' | 'bucket' | 'nonFinite'>

/** A chart with so many points a pixel has every one of them. */
export const rawPerPixel = 4
/** Pixels that a bucket may be wide: of the four points that it keeps, one a pixel. */
const bucketPixels = 4

/** Positions of points, the second exclusive. */
interface Range {
  from: number
  to: number
}

/**
 * The part of a series that a window shows, and what lies next to it on both sides, so that the line goes on to the edges: every point
 * where there are few, else buckets of a power of two of points, which begin at multiples of that. The same request so has the same
 * answer, and one for a window beside it the same buckets.
 */
export function drawSeries(source: SeriesSource, window: DrawWindow): Drawn {
  let range: Range = { from: 0, to: source.total }
  const isWhole = window.from === null && window.to === null
  for (const level of [2, 1] as const) {
    const size = levelPoints[level]
    // Too few buckets to draw; in a long series they still tell where the window is.
    if (!fillsWidth(range, size, window.width) && (isWhole || range.to - range.from < size * 64)) continue
    const thinned = source.thinned(level, range.from, range.to)
    const inside = narrow(thinned.points, keptPoints, window)
    const outside = { from: inside.from - 1, to: inside.to + 1 }
    const found = within(scaled(outside, size, range.from), range)
    if (fillsWidth(found, size, window.width)) return drawThinned(source, level, thinned, { inside, found, from: range.from }, window.width)
    range = found
  }
  return drawRaw(source, range, window)
}

function fillsWidth({ from, to }: Range, size: number, width: number): boolean {
  return (to - from) / size >= width / bucketPixels
}

function scaled({ from, to }: Range, size: number, start: number): Range {
  return { from: start + from * size, to: start + to * size }
}

function within(range: Range, { from, to }: Range): Range {
  return { from: Math.max(from, range.from), to: Math.min(to, range.to) }
}

/** Groups of `size` points that overlap the window, by number; empty, between its neighbours, where none does. */
function narrow({ steps, times, values }: Series, size: number, { x, from, to }: DrawWindow): Range {
  const count = Math.ceil(values.length / size)
  const places = x === 'step' ? steps : times
  let first = 0
  if (from !== null) while (first < count && maximum(places, first * size, size) < from) first += 1
  let last = count - 1
  if (to !== null) while (last >= 0 && minimum(places, last * size, size) > to) last -= 1
  return last < first ? { from: Math.min(first, last + 1), to: Math.max(first, last + 1) } : { from: first, to: last + 1 }
}

function maximum(places: ArrayLike<number | bigint>, start: number, size: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let at = start; at < Math.min(start + size, places.length); at += 1) most = Math.max(most, Number(places[at]))
  return most
}

function minimum(places: ArrayLike<number | bigint>, start: number, size: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = start; at < Math.min(start + size, places.length); at += 1) least = Math.min(least, Number(places[at]))
  return least
}

/** The least power of two of `size` points of which the width has room for all. */
export function bucketFor({ from, to }: Range, size: number, width: number): number {
  let bucket = size
  while ((to - from) / bucket > width) bucket *= 2
  return bucket
}

function aligned({ from, to }: Range, bucket: number, total: number): Range {
  return { from: Math.floor(from / bucket) * bucket, to: Math.min(total, Math.ceil(to / bucket) * bucket) }
}

function drawThinned(
  source: SeriesSource,
  level: Level,
  thinned: Thinned,
  { inside, found, from }: { inside: Range; found: Range; from: number },
  width: number,
): Drawn {
  const size = levelPoints[level]
  const bucket = bucketFor(found, size, width)
  const range = aligned(found, bucket, source.total)
  const count = thinned.points.values.length / keptPoints
  const buckets = thinMore(thinned, bucket / size, (range.from - from) / size, Math.min(count, Math.ceil((range.to - from) / size)))
  const { from: start, to: end } = within(scaled(inside, size, from), { from: 0, to: source.total })
  return drawBuckets(buckets, Math.max(0, end - start))
}

function drawBuckets(buckets: Thinned, points: number): Drawn {
  return { drawn: withoutRepeats(buckets), points, bucket: buckets.bucket, nonFinite: spansOfBuckets(buckets) }
}

function drawRaw(source: SeriesSource, range: Range, window: DrawWindow): Drawn {
  const series = source.raw(range.from, range.to)
  const inside = narrow(series, 1, window)
  const points = inside.to - inside.from
  const found = within({ from: inside.from - 1, to: inside.to + 1 }, { from: 0, to: series.values.length })
  if (points <= window.width * rawPerPixel) {
    const { steps, times, values } = series
    const drawn = {
      steps: steps.slice(found.from, found.to),
      times: times.slice(found.from, found.to),
      values: values.slice(found.from, found.to),
    }
    return { drawn, points, bucket: 1, nonFinite: everySpan(drawn) }
  }
  const bucket = bucketFor(found, 1, window.width)
  const from = Math.floor((range.from + found.from) / bucket) * bucket - range.from
  const to = Math.min(series.values.length, Math.ceil((range.from + found.to) / bucket) * bucket - range.from)
  return drawBuckets(thinSeries(series, bucket, from, to), points)
}
