/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { memo } from 'react'

import { classNames } from '#lib/class-names.ts'

import type { ListColumn } from './list-column.ts'

import styles from './list-table.module.css'

interface ListRowProps<Row> {
  row: Row
  index: number
  /** Offset of its upper edge in px. */
  start: number
  columns: readonly ListColumn<Row>[]
  /** Column of the cell that holds the tab stop; −1 where it is in another row. */
  activeColumn: number
  measure: (element: HTMLElement | null) => void
  onFocus: (row: number, column: number) => void
}

function PlainListRow<Row>({ row, index, start, columns, activeColumn, measure, onFocus }: ListRowProps<Row>) {
  return (
    <div
      ref={measure}
      data-index={index}
      role="row"
      aria-rowindex={index + 2}
      className={styles['row']}
      style={{ transform: `translateY(${start}px)` }}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          role="gridcell"
          aria-colindex={at + 1}
          tabIndex={at === activeColumn ? 0 : -1}
          data-active={at === activeColumn || undefined}
          className={classNames(styles['cell'], column.align === 'end' && styles['end'])}
          onFocus={() => onFocus(index, at)}
        >
          {column.render(row)}
        </div>
      ))}
    </div>
  )
}

/** One row of a list table; drawn anew only when something of it changed, so that scrolling draws what comes into sight and no more. */
export const ListRow = memo(PlainListRow) as typeof PlainListRow
