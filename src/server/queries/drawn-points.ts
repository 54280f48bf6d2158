import type { Series } from '#contract/series-frame.ts'
import type { NonFiniteSpan } from '#contract/series-window.ts'
import { keptPoints, pickPoints, type Thinned } from '#maths/thin.ts'

interface Counts {
  nan: number
  positiveInfinity: number
  negativeInfinity: number
}

/** The points of buckets without those that stand there again. */
export function withoutRepeats({ points }: Thinned): Series {
  const { steps, times, values } = points
  const kept = new Uint32Array(values.length)
  let count = 0
  for (let at = 0; at < values.length; at += 1) {
    if (at > 0 && times[at] === times[at - 1] && Object.is(values[at], values[at - 1]) && steps[at] === steps[at - 1]) continue
    kept[count] = at
    count += 1
  }
  return pickPoints(points, kept.subarray(0, count))
}

/** Spans of the buckets that hold values that are not finite. */
export function spansOfBuckets({ points, nonFinite }: Thinned): NonFiniteSpan[] {
  if (!nonFinite) return []
  const { nan, positiveInfinity, negativeInfinity } = nonFinite
  return joinSpans(points, nan.length, at => ({
    from: at * keptPoints,
    to: at * keptPoints + keptPoints - 1,
    counts: { nan: nan[at]!, positiveInfinity: positiveInfinity[at]!, negativeInfinity: negativeInfinity[at]! },
  }))
}

/** Spans of the points that are not finite. */
export function everySpan(points: Series): NonFiniteSpan[] {
  return joinSpans(points, points.values.length, at => {
    const value = points.values[at]!
    return {
      from: at,
      to: at,
      counts: {
        nan: Number.isNaN(value) ? 1 : 0,
        positiveInfinity: value === Infinity ? 1 : 0,
        negativeInfinity: value === -Infinity ? 1 : 0,
      },
    }
  })
}

function joinSpans(
  { steps, times }: Series,
  count: number,
  groupAt: (at: number) => { from: number; to: number; counts: Counts },
): NonFiniteSpan[] {
  const spans: NonFiniteSpan[] = []
  let open: NonFiniteSpan | null = null
  for (let at = 0; at < count; at += 1) {
    const { from, to, counts } = groupAt(at)
    if (counts.nan + counts.positiveInfinity + counts.negativeInfinity === 0) {
      open = null
      continue
    }
    if (!open) {
      open = {
        fromStep: Number(steps[from]),
        toStep: 0,
        fromTime: times[from]!,
        toTime: 0,
        nan: 0,
        positiveInfinity: 0,
        negativeInfinity: 0,
      }
      spans.push(open)
    }
    open.toStep = Number(steps[to])
    open.toTime = times[to]!
    open.nan += counts.nan
    open.positiveInfinity += counts.positiveInfinity
    open.negativeInfinity += counts.negativeInfinity
  }
  return spans
}
