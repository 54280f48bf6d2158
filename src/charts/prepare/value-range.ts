import { niceLogRange } from './log-ticks.ts'

/** Values looked at for the percentiles; of more, every n-th. */
const sampleSize = 50_000
/** Clipping leaves out this share of the values at each end. */
const tail = 0.05
/** Fewer values have no outliers. */
const leastValues = 10
/** Room beside what is left, as a share of it: what lies just outside is no outlier. */
const margin = 0.5
/** Clipping is worth it where the whole range is this much wider. */
const muchWider = 4

/** Extent of the values that an axis can show: finite ones, above 0 on a log axis. Undefined where there is none. */
export function extent(columns: readonly ArrayLike<number>[], log: boolean): { min: number; max: number; count: number } | undefined {
  let min = Infinity
  let max = -Infinity
  let count = 0
  for (const column of columns) {
    for (let index = 0; index < column.length; index++) {
      const value = column[index] ?? Number.NaN
      // One comparison leaves out NaN too.
      if (!(value < Infinity && value > -Infinity) || (log && value <= 0)) continue
      if (value < min) min = value
      if (value > max) max = value
      count += 1
    }
  }
  return count === 0 ? undefined : { min, max, count }
}

function sample(columns: readonly ArrayLike<number>[], count: number, log: boolean): Float64Array {
  const stride = Math.ceil(count / sampleSize)
  const taken: number[] = []
  let seen = 0
  for (const column of columns) {
    for (let index = 0; index < column.length; index++) {
      const value = column[index] ?? Number.NaN
      if (!(value < Infinity && value > -Infinity) || (log && value <= 0)) continue
      if (seen % stride === 0) taken.push(log ? Math.log10(value) : value)
      seen += 1
    }
  }
  return Float64Array.from(taken).sort()
}

/** Finite values that an axis from `min` to `max` leaves out. */
export function countOutside(columns: readonly ArrayLike<number>[], min: number, max: number, log: boolean): number {
  let outside = 0
  for (const column of columns) {
    for (let index = 0; index < column.length; index++) {
      const value = column[index] ?? Number.NaN
      if (log && value <= 0) continue
      if ((value < min && value > -Infinity) || (value > max && value < Infinity)) outside += 1
    }
  }
  return outside
}

/** The range without outliers: from the 5th to the 95th percentile and half of that more at each side, where that is much narrower than all values. */
export function clippedRange(columns: readonly ArrayLike<number>[], log: boolean): { min: number; max: number } | undefined {
  const whole = extent(columns, log)
  if (!whole || whole.count < leastValues) return undefined
  const sorted = sample(columns, whole.count, log)
  // Rounded inwards: of ten values, one alone is an outlier.
  const low = sorted[Math.ceil((sorted.length - 1) * tail)] ?? 0
  const high = sorted[Math.floor((sorted.length - 1) * (1 - tail))] ?? 0
  const [from, to] = log ? [Math.log10(whole.min), Math.log10(whole.max)] : [whole.min, whole.max]
  // Fourths, since the whole may be wider than the greatest number.
  const width = high / 4 - low / 4
  if (!(width > 0) || !(to / 4 - from / 4 > width * muchWider)) return undefined
  const least = Math.max(from, low - width * 4 * margin)
  const most = Math.min(to, high + width * 4 * margin)
  const min = log ? Math.max(whole.min, 10 ** least) : least
  const max = log ? Math.min(whole.max, 10 ** most) : most
  return min < max ? { min, max } : undefined
}

/** Makes room around a range of one value, so that a scale can be made of it. */
export function widen(min: number, max: number, least = 0): [number, number] {
  if (max > min && max - min >= least) return [min, max]
  if (least > 0 && max - min < least) {
    const middle = min / 2 + max / 2
    const wide: [number, number] = [middle - least / 2, middle + least / 2]
    if (wide[1] > wide[0] && Number.isFinite(wide[0]) && Number.isFinite(wide[1])) return wide
  }
  const room = Math.abs(min) * 0.1
  if (min - room < max + room && Number.isFinite(min - room) && Number.isFinite(max + room)) return [min - room, max + room]
  if (min === 0) return [-1, 1]
  return min < 0 ? [min, 0] : [0, max]
}

/** Neighbours among the numbers may have one logarithm. */
export function logDiffers(min: number, max: number): boolean {
  return Math.log10(max) - Math.log10(min) > 1e-9
}

/** The range of a log axis; of one value, the decade around it. */
export function widenLog(min: number, max: number): [number, number] {
  if (logDiffers(min, max)) return niceLogRange(min, max)
  const [below, above] = [min / 3, max * 3]
  if (!(below > 0)) return [min, above]
  return Number.isFinite(above) ? niceLogRange(below, above) : [below, max]
}
