/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react'
import type { MouseEvent, PointerEvent, ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'
import { Checkbox } from '#ui/checkbox.tsx'
import type { SortEntry } from '#ui/table-features.ts'

import { checkWidth, headHeight, type DataGrid, type PlacedColumn } from './use-data-grid.ts'

import styles from './data-table.module.css'

interface GridHeadProps<Row> {
  grid: DataGrid<Row>
  sort: readonly SortEntry[]
  allSelected: boolean | 'mixed'
  hasMenu: boolean
  /** Index at which the dragged column would land, null while none is dragged. */
  dropAt: number | null
  onMenu: (id: string, anchor: Element) => void
  onDragStart: (event: PointerEvent, index: number) => void
}

/** The head of a grid: two lines a column, the sort arrow behind the second, the way to a menu and an edge to drag. */
export function GridHead<Row>({ grid, sort, allSelected, hasMenu, dropAt, onMenu, onDragStart }: GridHeadProps<Row>) {
  const { pinned, columns, columnIndexes, active, model } = grid
  const activeColumn = active.row === -1 ? active.column : -1
  const head = (place: PlacedColumn<Row>, columnIndex: number): ReactNode => (
    <HeadCell
      key={place.column.id}
      place={place}
      columnIndex={columnIndex}
      active={activeColumn === columnIndex}
      sort={sort}
      hasMenu={hasMenu}
      onMenu={onMenu}
      {...(columnIndex > 1 && { onDragStart })}
      onResizeStart={event =>
        model
          .getLeafHeaders()
          .find(header => header.column.id === place.column.id)
          ?.getResizeHandler()(event)
      }
    />
  )
  const drop = dropAt === null ? undefined : (columns[dropAt]?.start ?? grid.width)
  return (
    <div role="row" aria-rowindex={1} className={styles['head']} style={{ width: grid.width, height: headHeight }}>
      <div className={styles['pinned']} style={{ width: pinned.size + checkWidth }}>
        <div
          role="columnheader"
          aria-colindex={1}
          tabIndex={activeColumn === 0 ? 0 : undefined}
          data-active={activeColumn === 0 || undefined}
          className={styles['check']}
        >
          <Checkbox checked={allSelected} readOnly tabIndex={-1} aria-label="Select all runs" />
        </div>
        {head(pinned, 1)}
      </div>
      {columnIndexes.map(index => {
        const place = columns[index]
        return place ? head(place, index + 2) : null
      })}
      {drop !== undefined && <span className={styles['drop']} style={{ left: drop - 1 }} />}
    </div>
  )
}

interface HeadCellProps<Row> {
  place: PlacedColumn<Row>
  columnIndex: number
  active: boolean
  sort: readonly SortEntry[]
  hasMenu: boolean
  onMenu: (id: string, anchor: Element) => void
  onDragStart?: (event: PointerEvent, index: number) => void
  onResizeStart: (event: MouseEvent) => void
}

function HeadCell<Row>({ place, columnIndex, active, sort, hasMenu, onMenu, onDragStart, onResizeStart }: HeadCellProps<Row>) {
  const { column } = place
  const order = sort.findIndex(entry => entry.id === column.id)
  const entry = sort[order]
  const Arrow = entry?.desc ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      aria-colindex={columnIndex + 1}
      aria-sort={entry ? (entry.desc ? 'descending' : 'ascending') : column.sortable ? 'none' : undefined}
      aria-label={column.label}
      tabIndex={active ? 0 : undefined}
      data-active={active || undefined}
      data-column={column.id}
      className={classNames(columnIndex === 1 ? styles['headName'] : styles['headCell'], column.align === 'end' && styles['headEnd'])}
      style={columnIndex === 1 ? undefined : place.style}
      onPointerDown={event => onDragStart?.(event, columnIndex - 2)}
      onContextMenu={event => {
        if (!hasMenu) return
        event.preventDefault()
        onMenu(column.id, event.currentTarget)
      }}
    >
      <span className={classNames(styles['title'], column.mono && styles['mono'])} title={column.title}>
        <bdi dir="ltr">{column.title}</bdi>
      </span>
      <span className={styles['note']}>
        <span className={styles['noteText']}>{column.note}</span>
        {entry && <Arrow className={styles['arrow']} />}
        {entry && sort.length > 1 && <span className={styles['order']}>{order + 1}</span>}
      </span>
      {hasMenu && (
        <button
          type="button"
          tabIndex={-1}
          className={styles['menuButton']}
          aria-label={`Menu of ${column.label}`}
          onClick={event => onMenu(column.id, event.currentTarget)}
        >
          <ChevronDown />
        </button>
      )}
      <span className={styles['resize']} aria-hidden="true" onMouseDown={onResizeStart} />
    </div>
  )
}
