import type { Series, Steps } from '#contract/series-frame.ts'

/** Points kept of each bucket. */
export const keptPoints = 4

/**
 * A series thinned to four points a bucket of consecutive points, all of them as logged and in their order: the first finite one, the
 * least, the greatest (whichever of the two is earlier first) and the last finite one; the earliest of equals. They draw the same line
 * as all points do where a bucket is no wider than a pixel (Jugel et al. 2014, "M4"). Where a bucket has fewer points they are
 * repeated; where none is finite, the first and the last stand there, twice each, with NaN for a value.
 *
 * Thinning what was thinned before, with whole buckets put together, gives what thinning the points themselves would.
 */
export interface Thinned {
  /** Points that each bucket stands for; the last one may stand for fewer. */
  bucket: number
  points: Series
  /** Values of each bucket that are NaN, Infinity and -Infinity; null where all of the series are finite. */
  nonFinite: { nan: Uint32Array; positiveInfinity: Uint32Array; negativeInfinity: Uint32Array } | null
}

/** Thins points from `from` to `to` of a series to buckets of `bucket` points, the first of which begins at `from`. */
export function thinSeries(series: Series, bucket: number, from = 0, to = series.values.length): Thinned {
  const { values } = series
  const count = Math.ceil((to - from) / bucket)
  const order = new Uint32Array(count * keptPoints)
  let strange: Thinned['nonFinite'] = null
  for (let at = 0; at < count; at += 1) {
    const start = from + at * bucket
    const end = Math.min(start + bucket, to)
    let finite = 0
    let [first, least, greatest, last] = [start, start, start, end - 1]
    for (let index = start; index < end; index += 1) {
      const value = values[index]!
      if (!Number.isFinite(value)) {
        strange ??= noneOf(count)
        if (Number.isNaN(value)) strange.nan[at]! += 1
        else if (value > 0) strange.positiveInfinity[at]! += 1
        else strange.negativeInfinity[at]! += 1
        continue
      }
      if (finite === 0) first = least = greatest = index
      else if (value < values[least]!) least = index
      else if (value > values[greatest]!) greatest = index
      last = index
      finite += 1
    }
    if (finite === 0) [first, least, greatest, last] = [start, start, end - 1, end - 1]
    order[at * keptPoints] = first
    order[at * keptPoints + 1] = Math.min(least, greatest)
    order[at * keptPoints + 2] = Math.max(least, greatest)
    order[at * keptPoints + 3] = last
  }
  return { bucket, points: pickPoints(series, order), nonFinite: strange }
}

/** Puts `times` neighbouring buckets together, from one bucket to another (exclusive). */
export function thinMore({ bucket, points, nonFinite }: Thinned, times: number, from = 0, to = points.values.length / keptPoints): Thinned {
  if (times === 1 && from === 0 && to === points.values.length / keptPoints) return { bucket, points, nonFinite }
  const thinned = thinSeries(points, times * keptPoints, from * keptPoints, to * keptPoints)
  const sums = nonFinite && noneOf(Math.ceil((to - from) / times))
  if (nonFinite && sums) {
    for (const kind of ['nan', 'positiveInfinity', 'negativeInfinity'] as const) {
      for (let at = from; at < to; at += 1) sums[kind][Math.floor((at - from) / times)]! += nonFinite[kind][at]!
    }
  }
  const isStrange = sums && [sums.nan, sums.positiveInfinity, sums.negativeInfinity].some(counts => counts.some(count => count > 0))
  return { bucket: bucket * times, points: thinned.points, nonFinite: isStrange ? sums : null }
}

/** The parts, of the same bucket, as one; all but the last have whole buckets. */
export function joinThinned(parts: readonly Thinned[], join: (parts: readonly Series[]) => Series): Thinned {
  const [first] = parts
  if (!first) throw new Error('Nothing to join')
  if (parts.length === 1) return first
  const points = join(parts.map(part => part.points))
  if (parts.every(part => part.nonFinite === null)) return { bucket: first.bucket, points, nonFinite: null }
  const all = noneOf(points.values.length / keptPoints)
  let offset = 0
  for (const part of parts) {
    if (part.nonFinite) {
      all.nan.set(part.nonFinite.nan, offset)
      all.positiveInfinity.set(part.nonFinite.positiveInfinity, offset)
      all.negativeInfinity.set(part.nonFinite.negativeInfinity, offset)
    }
    offset += part.points.values.length / keptPoints
  }
  return { bucket: first.bucket, points, nonFinite: all }
}

function noneOf(count: number) {
  return { nan: new Uint32Array(count), positiveInfinity: new Uint32Array(count), negativeInfinity: new Uint32Array(count) }
}

/** Points of a series at some positions, in the order of these; values that are not finite as NaN. */
export function pickPoints({ steps, times, values }: Series, order: Uint32Array): Series {
  const count = order.length
  const picked: Series = {
    steps: pickSteps(steps, order),
    times: new Float64Array(count),
    values: new Float64Array(count),
  }
  for (let at = 0; at < count; at += 1) {
    const index = order[at]!
    picked.times[at] = times[index]!
    picked.values[at] = Number.isFinite(values[index]!) ? values[index]! : Number.NaN
  }
  return picked
}

function pickSteps(steps: Steps, order: Uint32Array): Steps {
  if (steps instanceof Uint32Array) {
    const picked = new Uint32Array(order.length)
    for (let at = 0; at < order.length; at += 1) picked[at] = steps[order[at]!]!
    return picked
  }
  const picked = new BigInt64Array(order.length)
  for (let at = 0; at < order.length; at += 1) picked[at] = steps[order[at]!]!
  return picked
}
