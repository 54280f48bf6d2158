import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useMemo } from 'react'

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
  // Everything that is returned is read from the virtualizer in this render, so nothing can be stale.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    horizontal,
    count,
    getScrollElement: () => scroller,
    estimateSize: sizeOf,
    scrollMargin: before,
    overscan,
    rangeExtractor: useCallback((range: Range) => withIndex(range, keep), [keep]),
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

function withIndex(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  const first = indexes[0]
  const last = indexes.at(-1)
  if (index < 0 || index >= range.count) return indexes
  if (first === undefined || last === undefined) return [index]
  if (index < first) return [index, ...indexes]
  return index > last ? [...indexes, index] : indexes
}
