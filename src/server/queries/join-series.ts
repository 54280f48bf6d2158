import type { Series } from '#contract/series-frame.ts'
import { carryTo, joinPlaces } from '#maths/join.ts'

export interface JoinedSeries {
  steps: Series['steps']
  /** Of the latest of the points that are joined. */
  times: Series['times']
  /** Values of each series, in their order. */
  columns: Float64Array<ArrayBuffer>[]
  /** All series have a point at each step, so that no value was carried. */
  exact: boolean
}

/** Series of one run joined on step, from where the last one begins to where the first one ends; one alone as it is. */
export function joinSeries(series: readonly Series[]): JoinedSeries {
  const [first, ...others] = series
  if (!first) throw new Error('Nothing to join')
  if (others.length === 0) return { steps: first.steps, times: first.times, columns: [first.values], exact: true }
  const { places } = joinPlaces(series.map(({ steps }) => steps))
  const carried = series.map(({ steps }) => carryTo(places, steps))
  const rows = positionsOf(places.length, row => carried.every(indices => indices[row]! >= 0))
  const isWide = series.some(({ steps }) => steps instanceof BigInt64Array)
  const steps = isWide ? new BigInt64Array(rows.length) : new Uint32Array(rows.length)
  const times = new Float64Array(rows.length).fill(Number.NEGATIVE_INFINITY)
  const columns = series.map(() => new Float64Array(rows.length))
  let exact = true
  for (const [which, indices] of carried.entries()) {
    const from = series[which]!
    const column = columns[which]!
    for (let at = 0; at < rows.length; at += 1) {
      const index = indices[rows[at]!]!
      const step = from.steps[index]!
      column[at] = from.values[index]!
      times[at] = Math.max(times[at]!, from.times[index]!)
      if (Number(step) !== places[rows[at]!]) exact = false
      else if (steps instanceof BigInt64Array) steps[at] = BigInt(step)
      else steps[at] = Number(step)
    }
  }
  return { steps, times, columns, exact }
}

/** A series of which each point has a place on an axis that is another metric. */
export interface PlacedSeries extends Series {
  x: Float64Array<ArrayBuffer>
  exact: boolean
  /** Points of the series that have none. */
  unplaced: number
}

/** The points of a series at which another one of the run has a finite value: its own one there, or its last one before while it goes on. */
export function placeSeries(series: Series, axis: Series): PlacedSeries {
  const { steps } = series
  const indices = carryTo(steps instanceof Uint32Array ? new Float64Array(steps) : Float64Array.from(steps, Number), axis.steps)
  const kept = positionsOf(steps.length, at => indices[at]! >= 0 && Number.isFinite(axis.values[indices[at]!]))
  const x = new Float64Array(kept.length)
  let exact = true
  for (let at = 0; at < kept.length; at += 1) {
    const index = indices[kept[at]!]!
    x[at] = axis.values[index]!
    if (Number(axis.steps[index]) !== Number(steps[kept[at]!])) exact = false
  }
  return { ...pointsAt(series, kept), x, exact, unplaced: steps.length - kept.length }
}

/** Positions below `count` that are to be kept, ascending. */
export function positionsOf(count: number, keep: (at: number) => boolean): Uint32Array<ArrayBuffer> {
  const kept = new Uint32Array(count)
  let found = 0
  for (let at = 0; at < count; at += 1) {
    if (!keep(at)) continue
    kept[found] = at
    found += 1
  }
  return kept.slice(0, found)
}

/** Points of a series at some positions, with their values as they are. */
export function pointsAt({ steps, times, values }: Series, positions: Uint32Array): Series {
  const picked: Series = {
    steps: steps instanceof Uint32Array ? new Uint32Array(positions.length) : new BigInt64Array(positions.length),
    times: new Float64Array(positions.length),
    values: new Float64Array(positions.length),
  }
  for (let at = 0; at < positions.length; at += 1) {
    const position = positions[at]!
    picked.steps[at] = steps[position]!
    picked.times[at] = times[position]!
    picked.values[at] = values[position]!
  }
  return picked
}
