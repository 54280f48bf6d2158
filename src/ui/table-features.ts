import {
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type ColumnSizingState,
  type SortingState,
} from '@tanstack/react-table'
import { useMemo } from 'react'

/** What the column model knows of a column; how it looks is the table's own matter. */
export interface ColumnSpec {
  id: string
  /** Width in px before the user changed it. */
  size: number
  minSize: number
  sortable: boolean
  /** The first click sorts from the greatest down, as suits numbers where more is better. */
  descendingFirst: boolean
}

export interface SortEntry {
  id: string
  desc: boolean
}

interface ColumnModelOptions {
  columns: readonly ColumnSpec[]
  /** Id of the column that stays at the left edge. */
  pinned: string
  /** Widths in px that the user chose, by column id. */
  widths: ColumnSizingState
  onWidths: (widths: ColumnSizingState) => void
  sort: readonly SortEntry[]
  onSort: (sort: SortEntry[]) => void
}

const features = tableFeatures({ columnPinningFeature, columnResizingFeature, columnSizingFeature, rowSortingFeature })
/** Rows come from the server by windows and never pass through the table: it owns the columns only. */
const noRows: object[] = []

/** The table instance that owns columns: their sizes, the pinned one, resizing and sorting by one or several of them. */
export function useColumnModel({ columns, pinned, widths, onWidths, sort, onSort }: ColumnModelOptions) {
  const definitions = useMemo(
    () =>
      columns.map(({ id, size, minSize, sortable, descendingFirst }) => ({
        id,
        size,
        minSize,
        enableSorting: sortable,
        sortDescFirst: descendingFirst,
        accessorFn: () => null,
      })),
    [columns],
  )
  const sorting = useMemo((): SortingState => [...sort], [sort])
  const columnPinning = useMemo(() => ({ start: [pinned], end: [] }), [pinned])
  return useTable({
    features,
    columns: definitions,
    data: noRows,
    state: { columnSizing: widths, sorting, columnPinning },
    onColumnSizingChange: change => onWidths(typeof change === 'function' ? change(widths) : change),
    onSortingChange: change => onSort(typeof change === 'function' ? change(sorting) : change),
    manualSorting: true,
    columnResizeMode: 'onChange',
    maxMultiSortColCount: 6,
    isMultiSortEvent: event => event instanceof Object && 'shiftKey' in event && event.shiftKey === true,
  })
}

export type ColumnModel = ReturnType<typeof useColumnModel>
