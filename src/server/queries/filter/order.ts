import { firstInOrder, partitionAt } from './select.ts'
import { compareRuns, type SortColumn, sortLevels, type Tie } from './sort-keys.ts'

/** From here on, walking a heap costs more than selecting among all. */
const largestHeap = 1_024

export interface OrderedRuns {
  /** Runs that match, on all pages. */
  total: number
  /** Positions of one page's runs, in order. */
  positions: Uint32Array
}

/**
 * One page of the runs that match, in order: by the sorts, then by start (newest first) and id. In both directions missing values come last
 * and NaN next to last; of a param, numbers come before texts. Takes the same time for a page at the end as for one near the start.
 */
export function orderRuns(
  matches: Uint8Array,
  sorts: readonly SortColumn[],
  tie: Tie,
  { offset, limit }: { offset: number; limit: number },
  size: number,
): OrderedRuns {
  let total = 0
  for (let i = 0; i < size; i += 1) total += matches[i]!
  const count = Math.min(offset + limit, total)
  if (offset >= count) return { total, positions: new Uint32Array(0) }
  const levels = sortLevels(sorts, tie, size)
  const order = compareRuns(levels, tie.ids)
  const [primary] = levels
  if (count <= largestHeap && primary) {
    return { total, positions: firstInOrder(matches, size, count, primary, order).sort(order).slice(offset) }
  }
  const positions = matching(matches, size, total)
  partitionAt(positions, offset, order)
  partitionAt(positions, count, order, offset)
  return { total, positions: positions.slice(offset, count).sort(order) }
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
