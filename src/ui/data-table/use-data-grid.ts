import { useCallback, useLayoutEffect, useMemo, useRef, useState, type CSSProperties } from 'react'

import { useColumnModel, type ColumnModel, type SortEntry } from '#ui/table-features.ts'
import { useVisibleRange } from '#ui/use-visible-range.ts'

import type { DataColumn } from './data-column.ts'
import { revealOffset, type GridPosition } from './grid-position.ts'

export const headHeight = 44
export const checkWidth = 40

interface DataGridOptions<Row> {
  /** The first one is pinned. */
  columns: readonly DataColumn<Row>[]
  rowCount: number
  rowHeight: number
  widths: Record<string, number>
  onWidths: (widths: Record<string, number>) => void
  sort: readonly SortEntry[]
  onSort: (sort: SortEntry[]) => void
  /** Height in px at the lower edge that something else covers, such as a bar. */
  coveredBelow: number
}

export interface PlacedColumn<Row> {
  column: DataColumn<Row>
  start: number
  size: number
  style: CSSProperties
}

export interface DataGrid<Row> {
  /** The element that scrolls, null before it is drawn; `setScroller` is its ref. */
  scroller: HTMLDivElement | null
  setScroller: (element: HTMLDivElement | null) => void
  model: ColumnModel
  pinned: PlacedColumn<Row>
  columns: readonly PlacedColumn<Row>[]
  rowCount: number
  rowHeight: number
  /** Size of the whole content in px. */
  width: number
  height: number
  /** Indexes of what is drawn; the active cell's row and column are always among them, so that focus is never lost to scrolling. */
  rowIndexes: readonly number[]
  columnIndexes: readonly number[]
  /** The columns have been scrolled under the pinned one. */
  isAcross: boolean
  /** Columns follow beyond the right edge. */
  moreColumns: boolean
  /** What is in sight, by index, both ends included. */
  view: { firstRow: number; lastRow: number; firstColumn: number; lastColumn: number }
  active: GridPosition
  /** Moves the active cell, scrolls it into view and, unless told not to, gives it focus. */
  activate: (position: GridPosition, focus?: boolean) => void
  /** Rows that one page of scrolling moves by. */
  pageRows: () => number
}

/** Widths and offsets of the columns in px, the pinned one first with the checkboxes before it. */
function placeColumns<Row>(columns: readonly DataColumn<Row>[], widths: Record<string, number>): PlacedColumn<Row>[] {
  const placed: PlacedColumn<Row>[] = []
  let start = 0
  for (const column of columns) {
    const size = Math.max(column.minSize, widths[column.id] ?? column.size)
    const isPinned = placed.length === 0
    placed.push({ column, start, size, style: isPinned ? { width: size + checkWidth } : { left: start, width: size } })
    start += isPinned ? size + checkWidth : size
  }
  return placed
}

/** State of a virtual grid: column sizes, what is in sight, and which cell has the focus. Drawn by `DataTable`. */
export function useDataGrid<Row>(options: DataGridOptions<Row>): DataGrid<Row> {
  const { columns, rowCount, rowHeight, widths, onWidths, sort, onSort, coveredBelow } = options
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [chosen, setActive] = useState<GridPosition>({ row: 0, column: 1 })
  const active = useMemo(
    () => ({ row: Math.min(chosen.row, rowCount - 1), column: Math.min(chosen.column, columns.length) }),
    [chosen, rowCount, columns.length],
  )
  const focusWanted = useRef(false)
  const [first] = columns
  if (!first) throw new Error('A table needs a column to pin')
  const model = useColumnModel({ columns, pinned: first.id, widths, onWidths, sort, onSort })

  const placed = useMemo(() => placeColumns(columns, widths), [columns, widths])
  const pinned = placed[0] as PlacedColumn<Row>
  const scrolling = useMemo(() => placed.slice(1), [placed])
  const pinnedWidth = pinned.size + checkWidth
  const lastPlaced = placed.at(-1) ?? pinned
  const width = lastPlaced === pinned ? pinnedWidth : lastPlaced.start + lastPlaced.size

  const rows = useVisibleRange({
    scroller,
    count: rowCount,
    sizeOf: useCallback(() => rowHeight, [rowHeight]),
    before: headHeight,
    overscan: 3,
    keep: active.row,
  })
  const across = useVisibleRange({
    scroller,
    horizontal: true,
    count: scrolling.length,
    sizeOf: useCallback((index: number) => scrolling[index]?.size ?? 0, [scrolling]),
    before: pinnedWidth,
    overscan: 1,
    keep: active.column - 2,
  })

  useLayoutEffect(() => {
    if (!focusWanted.current) return
    focusWanted.current = false
    scroller?.querySelector<HTMLElement>('[data-active]')?.focus({ preventScroll: true })
  })

  const activate = useCallback(
    (position: GridPosition, focus = true) => {
      if (scroller) {
        const { scrollTop, scrollLeft, clientHeight, clientWidth } = scroller
        const place = scrolling[position.column - 2]
        scroller.scrollTo({
          top:
            position.row < 0
              ? scrollTop
              : revealOffset(
                  { start: headHeight + position.row * rowHeight, size: rowHeight },
                  { offset: scrollTop, size: clientHeight, coveredStart: headHeight, coveredEnd: coveredBelow },
                ),
          left: place
            ? revealOffset(place, { offset: scrollLeft, size: clientWidth, coveredStart: pinnedWidth, coveredEnd: 0 })
            : scrollLeft,
        })
      }
      focusWanted.current = focus
      setActive({ ...position })
    },
    [scroller, scrolling, rowHeight, coveredBelow, pinnedWidth],
  )

  return {
    scroller,
    setScroller,
    model,
    pinned,
    columns: scrolling,
    rowCount,
    rowHeight,
    width,
    height: headHeight + rowCount * rowHeight,
    rowIndexes: rows.indexes,
    isAcross: across.offset > 0,
    moreColumns: across.size > 0 && across.offset + across.size < width - 1,
    columnIndexes: across.indexes,
    view: { firstRow: rows.first, lastRow: rows.last, firstColumn: across.first, lastColumn: across.last },
    active,
    activate,
    pageRows: () => Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headHeight - coveredBelow) / rowHeight) - 1),
  }
}
