/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { memo, type CSSProperties, type ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'
import { Checkbox } from '#ui/checkbox.tsx'

import type { PlacedColumn } from './use-data-grid.ts'

import styles from './data-table.module.css'

interface GridRowProps<Row> {
  index: number
  /** Undefined while its window is not here yet. */
  row: Row | undefined
  top: number
  height: number
  width: number
  pinned: PlacedColumn<Row>
  columns: readonly PlacedColumn<Row>[]
  columnIndexes: readonly number[]
  /** Column of the active cell, −1 in all other rows. */
  activeColumn: number
  selected: boolean
  name: string
}

const bar = <span className={styles['bar']} />

interface PendingRowProps {
  index: number
  top: number
  height: number
  width: number
  pinnedWidth: number
  /** Where the bars of the columns are, as custom properties. */
  bars: CSSProperties
}

function Pending({ index, top, height, width, pinnedWidth, bars }: PendingRowProps) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy="true"
      className={styles['pendingRow']}
      style={{ ...bars, transform: `translateY(${top}px)`, height, width }}
    >
      <div role="gridcell" aria-colindex={2} aria-label="Loading" className={styles['pinned']} style={{ width: pinnedWidth }} />
    </div>
  )
}

/** A row that is not here yet: bars in the places of its cells, drawn by the style sheet, since a jump shows a screen full of them. */
export const PendingRow = memo(Pending)

function Row<Data>({ index, row, top, height, width, pinned, columns, columnIndexes, activeColumn, selected, name }: GridRowProps<Data>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      className={styles['row']}
      style={{ transform: `translateY(${top}px)`, height, width, lineHeight: `${height - 1}px` }}
    >
      <div className={styles['pinned']} style={pinned.style}>
        <Cell column={0} active={activeColumn === 0} className={styles['check']}>
          {row !== undefined && <Checkbox checked={selected} readOnly tabIndex={-1} aria-label={`Select ${name}`} />}
        </Cell>
        <Cell column={1} active={activeColumn === 1} className={styles['name']}>
          {row === undefined ? bar : pinned.column.render(row)}
        </Cell>
      </div>
      {columnIndexes.map(columnIndex => {
        const place = columns[columnIndex]
        if (!place) return null
        const active = activeColumn === columnIndex + 2
        return (
          <div
            key={place.column.id}
            role="gridcell"
            aria-colindex={columnIndex + 3}
            tabIndex={active ? 0 : undefined}
            data-active={active || undefined}
            className={styles[place.column.align === 'end' ? 'cellEnd' : place.column.code ? 'cellCode' : 'cell']}
            style={place.style}
          >
            {row === undefined ? bar : place.column.render(row)}
          </div>
        )
      })}
    </div>
  )
}

function Cell({
  column,
  active,
  className,
  children,
}: {
  column: number
  active: boolean
  className: string | undefined
  children: ReactNode
}) {
  return (
    <div
      role="gridcell"
      aria-colindex={column + 1}
      tabIndex={active ? 0 : undefined}
      data-active={active || undefined}
      className={classNames(className)}
    >
      {children}
    </div>
  )
}

/** One row of a grid. Drawn again only when its own data, place or selection change, not with every step of scrolling. */
export const GridRow = memo(Row) as typeof Row
