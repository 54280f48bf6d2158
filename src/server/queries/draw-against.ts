import type { Series } from '#contract/series-frame.ts'

import { bucketFor, rawPerPixel, type Drawn, type DrawWindow } from './draw-series.ts'
import { everySpan } from './drawn-points.ts'
import { pointsAt, positionsOf, type PlacedSeries } from './join-series.ts'

type Placed = Pick<PlacedSeries, keyof Series | 'x'>
export type DrawnAgainst = Drawn & { x: Float64Array<ArrayBuffer> }

/**
 * The part of a series that a window of another metric shows, in the order of steps, in which that metric may rise and fall: the points
 * with a part in a line through the window. What is left out between two of them lies on one side of it, so no line comes to cross it. Every
 * point where there are few, else of each bucket of a power two of points the first and last finite one and the ones that reach furthest
 * to each side, the earliest of equals.
 */
export function drawAgainst(series: Placed, { from, to, width }: Omit<DrawWindow, 'x'>): DrawnAgainst {
  const [low, high] = [from ?? -Infinity, to ?? Infinity]
  const { x } = series
  const crosses = (a: number, b: number) => b < x.length && a >= 0 && Math.min(x[a]!, x[b]!) <= high && Math.max(x[a]!, x[b]!) >= low
  const isInside = (at: number) => x[at]! >= low && x[at]! <= high
  const isWhole = from === null && to === null
  const points = isWhole ? x.length : positionsOf(x.length, isInside).length
  const seen = isWhole
    ? series
    : pick(
        series,
        positionsOf(x.length, at => isInside(at) || crosses(at - 1, at) || crosses(at, at + 1)),
      )
  const count = seen.x.length
  const bucket = count <= width * rawPerPixel ? 1 : bucketFor({ from: 0, to: count }, 1, width)
  const spans = spansOf(seen, bucket)
  if (bucket === 1) return { ...drawnOf(seen), points, bucket, nonFinite: spans }
  const kept: number[] = []
  for (let start = 0; start < count; start += bucket) kept.push(...keptOf(seen, start, Math.min(start + bucket, count)))
  const thinned = pick(seen, Uint32Array.from(kept))
  // Which of its points are not finite, a bucket tells by its span.
  thinned.values = thinned.values.map(value => (Number.isFinite(value) ? value : Number.NaN))
  return { ...drawnOf(thinned), points, bucket, nonFinite: spans }
}

function drawnOf({ steps, times, values, x }: Placed): Pick<DrawnAgainst, 'drawn' | 'x'> {
  return { drawn: { steps, times, values }, x }
}

function pick(series: Placed, order: Uint32Array): Placed {
  const x = new Float64Array(order.length)
  for (let at = 0; at < order.length; at += 1) x[at] = series.x[order[at]!]!
  return { ...pointsAt(series, order), x }
}

/** Positions of the points that stand for a bucket, ascending; where none is finite, of its ends. */
function keptOf({ values, x }: Placed, start: number, end: number): number[] {
  let kept: { first: number; last: number; left: number; right: number; least: number; greatest: number } | null = null
  for (let at = start; at < end; at += 1) {
    if (!Number.isFinite(values[at]!)) continue
    kept ??= { first: at, last: at, left: at, right: at, least: at, greatest: at }
    kept.last = at
    if (x[at]! < x[kept.left]!) kept.left = at
    if (x[at]! > x[kept.right]!) kept.right = at
    if (values[at]! < values[kept.least]!) kept.least = at
    if (values[at]! > values[kept.greatest]!) kept.greatest = at
  }
  const found = kept ? Object.values(kept) : [start, end - 1]
  return [...new Set(found)].sort((a, b) => a - b)
}

/** Spans of values that are not finite, of points or of the buckets that hold some, with the places that they take on the axis. */
function spansOf({ steps, times, values, x }: Placed, bucket: number): DrawnAgainst['nonFinite'] {
  const spans: DrawnAgainst['nonFinite'] = []
  if (values.every(Number.isFinite)) return spans
  let open = false
  for (let start = 0; start < values.length; start += bucket) {
    const end = Math.min(start + bucket, values.length)
    const part = everySpan({
      steps: steps.slice(start, end),
      times: times.slice(start, end),
      values: values.slice(start, end),
    })
    if (part.length === 0) {
      open = false
      continue
    }
    const places = x.subarray(start, end)
    const before = open ? spans.at(-1) : undefined
    const span = before ?? {
      fromStep: Number(steps[start]),
      toStep: 0,
      fromTime: times[start]!,
      toTime: 0,
      fromX: Infinity,
      toX: -Infinity,
      nan: 0,
      positiveInfinity: 0,
      negativeInfinity: 0,
    }
    if (!before) spans.push(span)
    open = true
    span.toStep = Number(steps[end - 1])
    span.toTime = times[end - 1]!
    span.fromX = places.reduce((least, place) => Math.min(least, place), span.fromX ?? Infinity)
    span.toX = places.reduce((most, place) => Math.max(most, place), span.toX ?? -Infinity)
    for (const { nan, positiveInfinity, negativeInfinity } of part) {
      span.nan += nan
      span.positiveInfinity += positiveInfinity
      span.negativeInfinity += negativeInfinity
    }
  }
  return spans
}
