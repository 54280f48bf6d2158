import type { BandKind } from '#contract/band.ts'

import { carryTo } from './join.ts'
import { spreadOf, type Spread } from './spread.ts'

export interface GroupMember {
  /** Ascending. */
  places: ArrayLike<number | bigint>
  values: Float64Array
}

/** Columns over the places of a grid. */
export interface GroupColumns {
  centre: Float64Array<ArrayBuffer>
  low: Float64Array<ArrayBuffer>
  high: Float64Array<ArrayBuffer>
  /** Values that enter the centre, at the place where they are fewest and where they are most. */
  least: number
  most: number
  /** Values of members that are not finite and enter nothing. */
  left: number
}

/** What a group of series is at each place of a grid; each member counts from its first to its last point, its values carried between. */
export function groupColumns(members: readonly GroupMember[], grid: Float64Array, kind: BandKind): GroupColumns {
  const indices = members.map(({ places }) => carryTo(grid, places))
  const columns = members.map(({ values }) => values)
  const centre = new Float64Array(grid.length)
  const low = new Float64Array(grid.length)
  const high = new Float64Array(grid.length)
  const values = new Float64Array(members.length)
  const spread: Spread = { centre: 0, low: 0, high: 0 }
  let least = grid.length === 0 ? 0 : members.length
  let most = 0
  let left = 0
  for (let at = 0; at < grid.length; at += 1) {
    let count = 0
    for (let member = 0; member < columns.length; member += 1) {
      const index = indices[member]![at]!
      if (index < 0) continue
      const value = columns[member]![index]!
      if (Number.isFinite(value)) {
        values[count] = value
        count += 1
      } else left += 1
    }
    spreadOf(values, count, kind, spread)
    centre[at] = spread.centre
    low[at] = spread.low
    high[at] = spread.high
    if (count < least) least = count
    if (count > most) most = count
  }
  return { centre, low, high, least, most, left }
}
