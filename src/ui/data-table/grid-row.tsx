/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { memo, useState, type ReactNode } from 'react'

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

function Row<Data>({ index, row, top, height, width, ...cells }: GridRowProps<Data>) {
  const { activeColumn, selected, name } = cells
  const [last, setLast] = useState<{ row: Data | undefined; name: string }>({ row, name })
  if (row !== undefined && row !== last.row) setLast({ row, name })
  // While another row is under way, the cells of the last one stay behind its bars, hidden: it takes over their elements. A cell with the
  // focus would lose it so.
  const isCovered = row === undefined && activeColumn < 0
  const shown = isCovered ? last : { row, name }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-busy={row === undefined || undefined}
      className={styles[isCovered ? 'pendingRow' : 'row']}
      style={{ transform: `translateY(${top}px)`, height, width, lineHeight: `${height - 1}px` }}
    >
      {isCovered && shown.row === undefined ? null : <RowCells {...cells} row={shown.row} name={shown.name} />}
    </div>
  )
}

type RowCellsProps<Data> = Omit<GridRowProps<Data>, 'index' | 'top' | 'height' | 'width'>

function Cells<Data>({ row, pinned, columns, columnIndexes, activeColumn, selected, name }: RowCellsProps<Data>) {
  return (
    <>
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
    </>
  )
}

const RowCells = memo(Cells) as typeof Cells

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
