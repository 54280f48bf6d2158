/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import {
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'

import { classNames } from '#lib/class-names.ts'
import type { SortEntry } from '#ui/table-features.ts'
import { useLate } from '#ui/use-late.ts'

import { GridHead } from './grid-head.tsx'
import { nextPosition, type GridPosition } from './grid-position.ts'
import { GridRow } from './grid-row.tsx'
import { HeldRows } from './held-rows.ts'
import { RowKeys } from './row-keys.ts'
import { useColumnDrag } from './use-column-drag.ts'
import { headHeight, type DataGrid, type PlacedColumn } from './use-data-grid.ts'

import styles from './data-table.module.css'

export interface ColumnMenuProps {
  id: string
  anchor: Element
  onClose: () => void
}

interface DataTableProps<Row> {
  grid: DataGrid<Row>
  /** Name of the table for screen readers. */
  label: string
  /** The row at an index, undefined while it is not here yet. The same row is the same object, else it is drawn anew. */
  rowAt: (index: number) => Row | undefined
  rowName: (row: Row) => string
  isSelected: (row: Row) => boolean
  sort: readonly SortEntry[]
  allSelected: boolean | 'mixed'
  /** Selects or deselects a row, and with it all from the row that was toggled before where a range is meant. */
  onToggle: (index: number, from: number) => void
  onToggleAll: () => void
  onOpen: (row: Row, event: MouseEvent | KeyboardEvent) => void
  /** Tells the row under the pointer; null when there is none any more. */
  onHover?: (row: Row | null) => void
  /** Puts a column at another index among the ones that are not pinned. */
  onMove?: (id: string, to: number) => void
  renderMenu?: (props: ColumnMenuProps) => ReactNode
  busy: boolean
}

/** A table of any size as an ARIA grid: it draws what is in sight, and one tab stop leads to a cell that the arrow keys move. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { grid, label, rowAt, rowName, isSelected, sort, allSelected, onToggle, onToggleAll, onOpen, onHover, onMove, renderMenu, busy } =
    props
  const [menuAt, setMenuAt] = useState<{ id: string; anchor: Element } | null>(null)
  const toggled = useRef(0)
  const titled = useRef<Element | null>(null)
  const [keys] = useState(() => new RowKeys())
  const [held] = useState(() => new HeldRows())
  const drag = useColumnDrag(grid, onMove)
  const { setScroller } = grid
  const columnCount = grid.columns.length + 2
  // The active row is drawn wherever it is, mostly out of sight.
  const inSight = grid.rowIndexes.filter(index => index !== grid.active.row)
  const missing = inSight.filter(index => rowAt(index) === undefined).length
  const late = useLate(busy || missing > 0)
  const rowIndexes = held.show(grid.rowIndexes, grid.active.row, !late && missing > 0 && missing === inSight.length)
  const drawn = rowIndexes.filter(index => index !== grid.active.row)
  keys.show(drawn[0] ?? 0, drawn.at(-1) ?? 0, grid.active.row)
  const bars = useMemo(() => pendingBars(grid.columns, grid.columnIndexes), [grid.columns, grid.columnIndexes])

  function toggle(index: number, range: boolean): void {
    onToggle(index, range ? toggled.current : index)
    toggled.current = index
  }

  function toggleSort(column: number, multi: boolean): void {
    const id = (column === 1 ? grid.pinned : grid.columns[column - 2])?.column.id
    const modelColumn = id === undefined ? undefined : grid.model.getColumn(id)
    if (modelColumn?.getCanSort()) modelColumn.toggleSorting(undefined, multi)
  }

  function openMenu(id: string, anchor: Element): void {
    const index = grid.columns.findIndex(place => place.column.id === id)
    grid.activate({ row: -1, column: index + 2 }, false)
    setMenuAt(current => (current?.id === id ? null : { id, anchor }))
  }

  function onPointerOver({ target }: PointerEvent): void {
    const position = positionOf(target)
    const row = position && position.row >= 0 ? rowAt(position.row) : undefined
    onHover?.(row ?? null)
    // Titles are written where the pointer is: of a screen full of cells, they would take as long as the values.
    const place = position?.column === 1 ? grid.pinned : grid.columns[(position?.column ?? 0) - 2]
    const titleOf = place?.column.titleOf
    const title = row !== undefined && titleOf ? titleOf(row) : ''
    const cell = target instanceof Element ? target.closest('[aria-colindex]') : null
    titled.current?.removeAttribute('title')
    titled.current = title === '' ? null : cell
    titled.current?.setAttribute('title', title)
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    delete event.currentTarget.dataset['pressed']
    if (event.target instanceof Element && !event.target.hasAttribute('data-active')) return
    const { active } = grid
    const row = active.row >= 0 ? rowAt(active.row) : undefined
    const column = active.column === 1 ? grid.pinned.column : grid.columns[active.column - 2]?.column
    const opensMenu = event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey) || (event.key === 'ArrowDown' && event.altKey)
    if (active.row < 0 && renderMenu && column && opensMenu) {
      openMenu(column.id, event.currentTarget.querySelector('[data-active]') ?? event.currentTarget)
    } else if (active.row < 0 && (event.key === 'Enter' || event.key === ' ')) {
      if (active.column === 0) onToggleAll()
      else toggleSort(active.column, event.shiftKey)
    } else if (event.key === ' ') {
      if (row) toggle(active.row, event.shiftKey)
    } else if (event.key === 'Enter') {
      if (row) onOpen(row, event)
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      onToggleAll()
    } else {
      const next = event.altKey ? null : nextPosition(active, event, { rows: grid.rowCount, columns: columnCount, page: grid.pageRows() })
      if (!next) return
      grid.activate(next)
    }
    event.preventDefault()
  }

  function onClick(event: MouseEvent<HTMLDivElement>): void {
    const position = positionOf(event.target)
    if (!position) return
    if (position.column === 0) {
      if (position.row < 0) onToggleAll()
      else if (rowAt(position.row)) toggle(position.row, event.shiftKey)
    } else if (position.row < 0 && !(event.target as Element).closest('button, [aria-hidden]')) {
      toggleSort(position.column, event.shiftKey)
    }
  }

  function onMouseDown(event: MouseEvent<HTMLDivElement>): void {
    const position = positionOf(event.target)
    // A press gives the cell focus from here, which browsers take for the keyboard's doing: the ring is for keys alone.
    event.currentTarget.dataset['pressed'] = ''
    if (!position || event.button !== 0) return
    if (event.shiftKey) event.preventDefault() // a range of rows is meant, not of text
    grid.activate(position, !(event.target as Element).closest('a, button'))
  }

  return (
    <div className={styles['frame']}>
      {/* The grid itself takes no focus: its active cell does. */}
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus */}
      <div
        ref={setScroller}
        role="grid"
        aria-label={label}
        aria-rowcount={grid.rowCount + 1}
        aria-colcount={columnCount}
        aria-multiselectable="true"
        aria-busy={busy}
        data-late={late || undefined}
        data-across={grid.isAcross || undefined}
        className={classNames(styles['scroller'], drag.dropAt !== null && styles['dragging'])}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onMouseDown={onMouseDown}
        onPointerOver={onPointerOver}
        onPointerLeave={onHover && (() => onHover(null))}
      >
        <div role="rowgroup" className={styles['content']} style={{ ...bars, width: grid.width, height: grid.height }}>
          <GridHead
            grid={grid}
            sort={sort}
            allSelected={allSelected}
            hasMenu={renderMenu !== undefined}
            dropAt={drag.dropAt}
            onMenu={openMenu}
            onDragStart={drag.start}
          />
          {rowIndexes.map(index => {
            const row = rowAt(index)
            const isActive = grid.active.row === index
            return (
              <GridRow
                key={keys.keyOf(index)}
                index={index}
                row={row}
                top={headHeight + index * grid.rowHeight}
                height={grid.rowHeight}
                width={grid.width}
                pinned={grid.pinned}
                columns={grid.columns}
                columnIndexes={grid.columnIndexes}
                activeColumn={isActive ? grid.active.column : -1}
                selected={row !== undefined && isSelected(row)}
                name={row === undefined ? 'run' : rowName(row)}
              />
            )
          })}
        </div>
      </div>
      <span className={styles['edge']} hidden={!grid.moreColumns} />
      {menuAt && renderMenu?.({ ...menuAt, onClose: () => setMenuAt(null) })}
    </div>
  )
}

const nameBar = { left: 64, width: 120 }

/** Backgrounds that draw one bar in each column in sight, as custom properties for all rows at once. */
function pendingBars<Row>(columns: readonly PlacedColumn<Row>[], indexes: readonly number[]): CSSProperties {
  const places = indexes.map(index => columns[index]).filter(place => place !== undefined)
  const width = (size: number) => Math.round((size - 20) * 0.6)
  const left = ({ column, start, size }: PlacedColumn<Row>) => (column.align === 'end' ? start + size - 10 - width(size) : start + 10)
  return {
    '--bars': ['', ...places].map(() => 'linear-gradient(var(--surface-3) 0 0)').join(','),
    '--bar-places': [nameBar.left, ...places.map(left)].map(x => `${x}px center`).join(','),
    '--bar-sizes': [nameBar.width, ...places.map(({ size }) => width(size))].map(x => `${x}px 8px`).join(','),
  } as CSSProperties
}

/** The cell that an event happened in, from its ARIA indexes. */
function positionOf(target: EventTarget): GridPosition | null {
  if (!(target instanceof Element)) return null
  const column = Number(target.closest('[aria-colindex]')?.getAttribute('aria-colindex') ?? NaN)
  const row = Number(target.closest('[aria-rowindex]')?.getAttribute('aria-rowindex') ?? NaN)
  return Number.isNaN(column) || Number.isNaN(row) ? null : { row: row - 2, column: column - 1 }
}
