export interface ColumnStats {
  /** NaN where no value is finite. */
  mean: Float64Array<ArrayBuffer>
  /** Sample standard deviation (n − 1); NaN of fewer than two values. */
  deviation: Float64Array<ArrayBuffer>
  least: Float64Array<ArrayBuffer>
  greatest: Float64Array<ArrayBuffer>
  /** Finite values. */
  count: Uint32Array<ArrayBuffer>
}

/** Below this a sum of squares has lost digits to the end of the range of doubles. */
const leastSquares = 1e-280

/**
 * Statistics of each column of some rows, over its finite values: in two passes, so that nothing cancels, and row by row, since that is
 * how values lie in memory. Right over the whole range of doubles.
 */
export function columnStats(rows: readonly Float64Array[], size: number): ColumnStats {
  const mean = new Float64Array(size)
  const deviation = new Float64Array(size)
  const least = new Float64Array(size).fill(Infinity)
  const greatest = new Float64Array(size).fill(-Infinity)
  const count = new Uint32Array(size)
  for (const row of rows) {
    for (let at = 0; at < size; at += 1) {
      const value = row[at]!
      if (value - value !== 0) continue
      mean[at]! += value
      count[at]! += 1
      if (value < least[at]!) least[at] = value
      if (value > greatest[at]!) greatest[at] = value
    }
  }
  for (let at = 0; at < size; at += 1) mean[at]! /= count[at]!
  const rest = new Float64Array(size)
  for (const row of rows) {
    for (let at = 0; at < size; at += 1) {
      const value = row[at]!
      if (value - value !== 0) continue
      const distance = value - mean[at]!
      rest[at]! += distance
      deviation[at]! += distance * distance
    }
  }
  for (let at = 0; at < size; at += 1) {
    const n = count[at]!
    const squares = deviation[at]! - (rest[at]! / n) * rest[at]!
    if (n === 0) mean[at] = deviation[at] = least[at] = greatest[at] = Number.NaN
    else if (least[at] === greatest[at]) {
      mean[at] = least[at]!
      deviation[at] = n > 1 ? 0 : Number.NaN
    } else if (squares < Infinity && squares > leastSquares && Number.isFinite(mean[at]!)) {
      mean[at] = Math.max(least[at]!, Math.min(greatest[at]!, mean[at]! + rest[at]! / n))
      deviation[at] = Math.sqrt(squares / (n - 1))
    } else [mean[at], deviation[at]] = scaledStats(rows, at, Math.max(Math.abs(least[at]!), Math.abs(greatest[at]!)), n)
  }
  return { mean, deviation, least, greatest, count }
}

/** Mean and deviation of one column whose squares leave the range of doubles, made of values near 1; a deviation beyond all doubles is Infinity. */
function scaledStats(rows: readonly Float64Array[], at: number, largest: number, n: number): [mean: number, deviation: number] {
  // The logarithm of the greatest doubles is rounded to 1,024.
  const scale = 2 ** Math.min(1_023, Math.floor(Math.log2(largest)))
  let sum = 0
  for (const row of rows) if (Number.isFinite(row[at])) sum += row[at]! / scale
  const mean = sum / n
  let squares = 0
  for (const row of rows) if (Number.isFinite(row[at])) squares += (row[at]! / scale - mean) ** 2
  return [mean * scale, Math.sqrt(squares / (n - 1)) * scale]
}

/** From this many on, the engine's own sort is faster. */
const fewValues = 24

/** First quartile, median and third quartile of finite values, between two of them in proportion (type 7, as numpy does); NaN of none. Sorts them in place. */
export function quartiles(values: Float64Array): [low: number, middle: number, high: number] {
  if (values.length >= fewValues) values.sort()
  else {
    for (let at = 1; at < values.length; at += 1) {
      const value = values[at]!
      let to = at
      for (; to > 0 && values[to - 1]! > value; to -= 1) values[to] = values[to - 1]!
      values[to] = value
    }
  }
  return [quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)]
}

function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN
  const place = (sorted.length - 1) * share
  const index = Math.floor(place)
  const low = sorted[index]!
  const high = sorted[index + 1] ?? low
  // Not low + (high − low) × …: the difference may leave the range of doubles.
  return low === high ? low : low * (1 - (place - index)) + high * (place - index)
}
