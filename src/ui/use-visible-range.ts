import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useMemo, useState } from 'react'

interface VisibleRangeOptions {
  scroller: HTMLElement | null
  horizontal?: boolean
  count: number
  /** Size of each item in px; the same function as long as no size changed. */
  sizeOf: (index: number) => number
  /** Pixels of the content before the first item. */
  before: number
  overscan: number
  /** An item that is drawn wherever the content is scrolled to; −1 for none. */
  keep: number
}

export interface VisibleRange {
  /** What to draw, in order. */
  indexes: readonly number[]
  /** What is in sight, both ends included. */
  first: number
  last: number
  offset: number
  /** Size of the scroller along this axis; 0 before it was measured. */
  size: number
}

/** Which items of a long row or column are to be drawn. */
export function useVisibleRange(options: VisibleRangeOptions): VisibleRange {
  const { scroller, horizontal = false, count, sizeOf, before, overscan, keep } = options
  const [jumps] = useState(() => new Jumps())
  // Everything that is returned is read from the virtualizer in this render, so nothing can be stale.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    horizontal,
    count,
    getScrollElement: () => scroller,
    estimateSize: sizeOf,
    scrollMargin: before,
    overscan,
    rangeExtractor: useCallback((range: Range) => withIndex(jumps.narrow(range), keep), [jumps, keep]),
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, sizeOf])
  const items = virtualizer.getVirtualItems()
  return {
    indexes: useMemo(() => items.map(item => item.index), [items]),
    first: virtualizer.range?.startIndex ?? 0,
    last: virtualizer.range?.endIndex ?? 0,
    offset: virtualizer.scrollOffset ?? 0,
    size: (horizontal ? virtualizer.scrollRect?.width : virtualizer.scrollRect?.height) ?? 0,
  }
}

/** After a jump to where nothing was drawn, what lies beyond the edges is left for the next step: what is in sight is there the sooner. */
class Jumps {
  #first = 0
  #last = -1
  #isNarrow = false

  narrow(range: Range): Range {
    const { startIndex, endIndex } = range
    const isJump = this.#last >= this.#first && (startIndex > this.#last || endIndex < this.#first)
    const isSame = startIndex === this.#first && endIndex === this.#last
    if (!isSame) this.#isNarrow = isJump
    this.#first = startIndex
    this.#last = endIndex
    return this.#isNarrow ? { ...range, overscan: 0 } : range
  }
}

function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  const first = indexes[0]
  const last = indexes.at(-1)
  if (index < 0 || index >= range.count) return indexes
  if (first === undefined || last === undefined) return [index]
  if (index < first) return [index, ...indexes]
  return index > last ? [...indexes, index] : indexes
}
