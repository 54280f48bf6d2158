/** Places of one series, ascending; several points may have the same one. */
type Places = ArrayLike<number | bigint>

export interface Grid {
  /** Every place that one of the series has, ascending, each once. NaN is none. */
  places: Float64Array<ArrayBuffer>
  /** All series have the same places, so that nothing has to be carried. */
  exact: boolean
}

/** The places of several series, put together. */
export function joinPlaces(series: readonly Places[]): Grid {
  const [first, ...others] = series.map(placesOf)
  if (!first) return { places: new Float64Array(), exact: true }
  let places = first
  let exact = true
  // Two by two, so that many series of one length are not walked through as often as there are series.
  let level = [places]
  for (const other of others) {
    exact &&= isSame(first, other)
    level.push(other)
  }
  if (exact) return { places, exact }
  while (level.length > 1) {
    const next: Float64Array<ArrayBuffer>[] = []
    for (let at = 0; at < level.length; at += 2) next.push(level[at + 1] ? merge(level[at]!, level[at + 1]!) : level[at]!)
    level = next
  }
  places = level[0]!
  return { places, exact }
}

/**
 * For each place of `grid` the index of the last point of a series at it or before it, -1 before its first point and after its last one:
 * a value is carried on while the series goes on, not beyond. Of several points at one place the last one stands.
 */
export function carryTo(grid: Float64Array, places: Places): Int32Array<ArrayBuffer> {
  const indices = new Int32Array(grid.length).fill(-1)
  const end = places.length === 0 ? Number.NaN : Number(places[places.length - 1])
  let next = 0
  for (let at = 0; at < grid.length; at += 1) {
    const place = grid[at]!
    if (!(place <= end)) break
    while (next < places.length && Number(places[next]) <= place) next += 1
    indices[at] = next - 1
  }
  return indices
}

function placesOf(series: Places): Float64Array<ArrayBuffer> {
  const places = new Float64Array(series.length)
  let count = 0
  for (let at = 0; at < series.length; at += 1) {
    const place = Number(series[at])
    if (Number.isNaN(place) || (count > 0 && place === places[count - 1])) continue
    places[count] = place
    count += 1
  }
  return places.slice(0, count)
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((place, at) => place === b[at])
}

function merge(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const merged = new Float64Array(a.length + b.length)
  let [left, right, count] = [0, 0, 0]
  while (left < a.length || right < b.length) {
    const place = Math.min(a[left] ?? Infinity, b[right] ?? Infinity)
    if (a[left] === place) left += 1
    if (b[right] === place) right += 1
    merged[count] = place
    count += 1
  }
  return merged.slice(0, count)
}
