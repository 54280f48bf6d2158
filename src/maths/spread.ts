import type { BandKind } from '#contract/band.ts'

import { studentQuantile } from './student.ts'

/** The centre of some values and the band around it. */
export interface Spread {
  centre: number
  low: number
  high: number
}

/** Above it squares leave the range of doubles. */
const large = 1e150

/**
 * Spread of `count` finite values at the start of `values`, whose order it may change. NaN for a band of one value that has none, and
 * for all of no values.
 */
export function spreadOf(values: Float64Array, count: number, kind: BandKind, spread: Spread): void {
  spread.centre = spread.low = spread.high = Number.NaN
  if (count === 0) return
  if (kind === 'quartiles') {
    sortFirst(values, count)
    spread.centre = quantile(values, count, 0.5)
    spread.low = quantile(values, count, 0.25)
    spread.high = quantile(values, count, 0.75)
    return
  }
  const centre = meanOf(values, count)
  spread.centre = centre
  if (kind === 'range') {
    spread.low = spread.high = values[0]!
    for (let at = 1; at < count; at += 1) {
      spread.low = Math.min(spread.low, values[at]!)
      spread.high = Math.max(spread.high, values[at]!)
    }
  } else if (kind !== 'none' && count > 1) {
    const half = deviation(values, count, centre) * factorOf(kind, count)
    spread.low = centre - half
    spread.high = centre + half
  }
}

function factorOf(kind: 'std' | 'stderr' | 'ci95', count: number): number {
  if (kind === 'std') return 1
  return (kind === 'ci95' ? studentQuantile(count - 1) : 1) / Math.sqrt(count)
}

function meanOf(values: Float64Array, count: number): number {
  let sum = 0
  for (let at = 0; at < count; at += 1) sum += values[at]!
  if (Number.isFinite(sum)) return sum / count
  let mean = 0
  for (let at = 0; at < count; at += 1) mean += values[at]! / count
  return mean
}

/** Standard deviation with n − 1, in two passes: the mean of squares less the square of the mean would lose all digits of like values. */
function deviation(values: Float64Array, count: number, mean: number): number {
  let most = 0
  for (let at = 0; at < count; at += 1) most = Math.max(most, Math.abs(values[at]! / 2 - mean / 2))
  const unit = most > large || most < 1 / large ? most : 1
  if (unit === 0) return 0
  let squares = 0
  for (let at = 0; at < count; at += 1) squares += (values[at]! / unit - mean / unit) ** 2
  return Math.sqrt(squares / (count - 1)) * unit
}

/** Linear between the two values next to it (type 7 of Hyndman & Fan 1996, what numpy does). */
function quantile(sorted: Float64Array, count: number, share: number): number {
  const place = share * (count - 1)
  const below = Math.floor(place)
  const low = sorted[below]!
  const high = sorted[Math.min(count - 1, below + 1)]!
  const part = place - below
  return low === high ? low : low * (1 - part) + high * part
}

/** Few values are sorted faster by hand than by making a view of them. */
const few = 24

function sortFirst(values: Float64Array, count: number): void {
  if (count > few) {
    values.subarray(0, count).sort()
    return
  }
  for (let at = 1; at < count; at += 1) {
    const value = values[at]!
    let to = at
    for (; to > 0 && values[to - 1]! > value; to -= 1) values[to] = values[to - 1]!
    values[to] = value
  }
}
