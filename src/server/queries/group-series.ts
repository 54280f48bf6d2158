import type { BandKind } from '#contract/band.ts'
import type { Series, Steps } from '#contract/series-frame.ts'
import { aggregateGroup, type GroupColumns, type Member } from '#maths/group.ts'
import { carryTo, joinPlaces, type Grid } from '#maths/join.ts'

/** A member's points, and where its relative time begins. */
export interface GroupMember {
  series: Series
  /** Seconds since the epoch. */
  firstTime: number
}

export type GroupX = 'step' | 'time' | 'relative'

/** A group over its whole grid. */
export interface GroupSeries extends Omit<GroupColumns, 'center'> {
  /** The centre line. What a place does not say (times of steps, steps of times) is that of the member that goes the furthest. */
  series: Series
  /** Where relative time begins: the least of the members' first times. */
  firstTime: number
  exact: boolean
  every: number
}

/** Places times members that are worked through for one group, in some tenths of a second. */
const mostCells = 100_000_000

/** Joins members on x and aggregates them at every place that one of them has; at each so many-th where these are more than `cells` allow. */
export function joinGroup(members: readonly GroupMember[], x: GroupX, band: BandKind, cells = mostCells): GroupSeries {
  const firstTime = members.reduce((least, member) => Math.min(least, member.firstTime), Infinity)
  const placed = placeMembers(members, x, firstTime)
  const { grid, every } = thinGrid(joinPlaces(placed.map(({ places }) => places)), members.length, cells)
  const { center, ...columns } = aggregateGroup(placed, grid, band)
  const { places } = grid
  const guide = furthest(placed, members)
  const series =
    x === 'step'
      ? { steps: stepsOf(places), times: guide ? timesAlong(places, guide) : new Float64Array(places), values: center }
      : { steps: guide ? stepsAlong(places, guide) : new Uint32Array(places.length), times: places, values: center }
  return { ...columns, series, firstTime, exact: grid.exact, every }
}

interface Placed extends Member {
  /** Positions of the member's points in the order of their places; null where that is their own. */
  order: Uint32Array | null
}

function placeMembers(members: readonly GroupMember[], x: GroupX, firstTime: number): Placed[] {
  let shared: Float64Array | null = null
  return members.map(({ series, firstTime: own }) => {
    const places = x === 'step' ? numbersOf(series.steps) : new Float64Array(series.times)
    // Relative times of all members begin where the first one does, so that they go through the same code as others.
    if (x === 'relative' && own !== firstTime) for (let at = 0; at < places.length; at += 1) places[at]! += firstTime - own
    const placed = isAscending(places) ? { places, values: series.values, order: null } : ordered(places, series.values)
    // Members of one kind of training have the same steps: they are held once.
    if (shared && isSame(shared, placed.places)) placed.places = shared
    else shared ??= placed.places
    return placed
  })
}

function numbersOf(steps: Steps): Float64Array<ArrayBuffer> {
  return steps instanceof Uint32Array ? new Float64Array(steps) : Float64Array.from(steps, Number)
}

function isAscending(places: Float64Array): boolean {
  for (let at = 1; at < places.length; at += 1) if (!(places[at]! >= places[at - 1]!)) return false
  return !Number.isNaN(places[0] ?? 0)
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

/** Clocks that went back leave times out of order; points without a time have no place. */
function ordered(places: Float64Array, values: Float64Array): Placed {
  const order = Uint32Array.from(places.keys())
    .filter(at => !Number.isNaN(places[at]!))
    .sort((a, b) => places[a]! - places[b]! || a - b)
  return { places: Float64Array.from(order, at => places[at]!), values: Float64Array.from(order, at => values[at]!), order }
}

function thinGrid({ places, exact }: Grid, members: number, cells: number): { grid: Grid; every: number } {
  const every = Math.max(1, Math.ceil((places.length * members) / cells))
  if (every === 1) return { grid: { places, exact }, every }
  const last = places.length - 1
  return { grid: { places: places.filter((_, at) => at % every === 0 || at === last), exact: false }, every }
}

function stepsOf(places: Float64Array): Steps {
  if (places.every(place => place >= 0 && place <= 0xffff_ffff)) return new Uint32Array(places)
  return BigInt64Array.from(places, place => BigInt(place))
}

interface Guide {
  placed: Placed
  series: Series
}

function furthest(placed: readonly Placed[], members: readonly GroupMember[]): Guide | null {
  let best: Guide | null = null
  for (const [index, member] of placed.entries()) {
    const end = member.places[member.places.length - 1] ?? -Infinity
    if (!best || end > (best.placed.places[best.placed.places.length - 1] ?? -Infinity))
      best = { placed: member, series: members[index]!.series }
  }
  return best
}

/** Positions of the guide's points along the grid; before its first point, that one. */
function guided(places: Float64Array, { placed }: Guide): Int32Array {
  return carryTo(places, placed.places).map(index => {
    const at = Math.max(0, index)
    return placed.order ? placed.order[at]! : at
  })
}

function timesAlong(places: Float64Array, guide: Guide): Float64Array<ArrayBuffer> {
  return Float64Array.from(guided(places, guide), at => guide.series.times[at]!)
}

function stepsAlong(places: Float64Array, guide: Guide): Steps {
  const { steps } = guide.series
  const indices = guided(places, guide)
  return steps instanceof Uint32Array ? Uint32Array.from(indices, at => steps[at]!) : BigInt64Array.from(indices, at => steps[at]!)
}

/** Bytes that a group holds. */
export function groupBytes({ series, low, high, count, strange }: GroupSeries): number {
  const { steps, times, values } = series
  const columns = [
    steps,
    times,
    values,
    low,
    high,
    count,
    ...(strange ? [strange.nan, strange.positiveInfinity, strange.negativeInfinity] : []),
  ]
  return columns.reduce((sum, column) => sum + column.byteLength, 0)
}
