import { firstInOrder, partitionAt } from './select.ts'
import { compareRuns, type Level, type Order, type SortColumn, sortLevels, type Tie } from './sort-keys.ts'

/** From here on, walking a heap costs more than selecting among all. */
const largestHeap = 1_024

/**
 * The runs that match, in order: by the sorts, then by start (newest first) and id. In both directions missing values come last and NaN
 * next to last; of a param, numbers come before texts. Only what pages ask for is sorted: a page takes the same time at the end as near
 * the start, and less with each page before it, since where those began is remembered.
 */
export class RunOrder {
  /** Runs that match. */
  readonly total: number
  readonly #matches: Uint8Array
  readonly #primary: Level | undefined
  readonly #order: Order
  readonly #size: number
  #positions: Uint32Array | null = null
  /** Ascending places before which stands nothing that belongs behind them. */
  #bounds: number[] = []

  constructor(matches: Uint8Array, sorts: readonly SortColumn[], tie: Tie, size: number) {
    let total = 0
    for (let i = 0; i < size; i += 1) total += matches[i]!
    this.total = total
    this.#matches = matches
    this.#size = size
    const levels = sortLevels(sorts, tie, size)
    this.#primary = levels[0]
    this.#order = compareRuns(levels, tie.ids)
  }

  /** Positions of the runs from `offset` on, at most `limit` of them, in order. */
  page(offset: number, limit: number): Uint32Array {
    const count = Math.min(offset + limit, this.total)
    if (offset >= count) return new Uint32Array(0)
    if (!this.#positions && count <= largestHeap && this.#primary) {
      return firstInOrder(this.#matches, this.#size, count, this.#primary, this.#order).sort(this.#order).slice(offset)
    }
    this.#positions ??= matching(this.#matches, this.#size, this.total)
    this.#divide(this.#positions, offset)
    this.#divide(this.#positions, count)
    return this.#positions.slice(offset, count).sort(this.#order)
  }

  #divide(positions: Uint32Array, bound: number): void {
    const after = this.#bounds.findIndex(known => known >= bound)
    if (this.#bounds[after] === bound || bound === 0 || bound === this.total) return
    const at = after < 0 ? this.#bounds.length : after
    partitionAt(positions, bound, this.#order, this.#bounds[at - 1] ?? 0, this.#bounds[at] ?? this.total)
    this.#bounds.splice(at, 0, bound)
  }
}

function matching(matches: Uint8Array, size: number, total: number): Uint32Array {
  const positions = new Uint32Array(total)
  let used = 0
  for (let i = 0; i < size; i += 1) {
    positions[used] = i
    used += matches[i]!
  }
  return positions
}
