import type { Column } from '#server/store/column.ts'

import { textRanks } from './text-ranks.ts'

export interface SortColumn {
  /** Undefined where no run has the key. */
  column: Column | undefined
  descending: boolean
}

/** What breaks ties: the start, newest first and missing ones (NaN) last, then the id. */
export interface Tie {
  start: Float64Array
  ids: readonly string[]
}

/** One level of an order: a key a run, NaN for runs that come last. */
export interface Level {
  keys: Float64Array
  /** Smaller keys come first with 1, greater ones with -1. */
  direction: 1 | -1
  /** Of two runs whose key is NaN, the one that has a value comes first: its value is NaN. */
  present: (position: number) => boolean
}

export type Order = (a: number, b: number) => number

/** Keys of a sort's columns for the first `size` runs. Columns that no run has are left out, since they order nothing. */
export function sortLevels(sorts: readonly SortColumn[], tie: Tie, size: number): Level[] {
  const levels = sorts.flatMap(({ column, descending }) => (column ? [levelOf(column, descending, size)] : []))
  return [...levels, { keys: tie.start, direction: -1, present: () => false }]
}

function levelOf(column: Column, descending: boolean, size: number): Level {
  const keys = new Float64Array(size)
  if (column.kind === 'number') {
    const { numbers, present } = column
    for (let i = 0; i < size; i += 1) keys[i] = present[i] === 1 ? numbers[i]! : Number.NaN
    return { keys, direction: descending ? -1 : 1, present: position => present[position] === 1 }
  }
  const { codes } = column
  const ranks = textRanks(column)[descending ? 'descending' : 'ascending']
  for (let i = 0; i < size; i += 1) keys[i] = ranks[codes[i]!]!
  return { keys, direction: 1, present: position => codes[position] !== 0 }
}

/** The whole order, under which no two runs are equal as long as their ids differ. */
export function compareRuns(levels: readonly Level[], ids: readonly string[]): Order {
  return (a, b) => {
    for (const level of levels) {
      const x = level.keys[a]!
      const y = level.keys[b]!
      if (x < y) return -level.direction
      if (x > y) return level.direction
      if (x === y) continue
      const last = placeOfNaN(level, x, a) - placeOfNaN(level, y, b)
      if (last !== 0) return last
    }
    return ids[a]! < ids[b]! ? -1 : ids[a]! > ids[b]! ? 1 : 0
  }
}

function placeOfNaN(level: Level, key: number, position: number): number {
  if (!Number.isNaN(key)) return 0
  return level.present(position) ? 1 : 2
}
