/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { memo } from 'react'

import { classNames } from '#lib/class-names.ts'
import { formatPlural } from '#lib/format.ts'

import type { CompareRow } from './compare-rows.ts'
import type { Compared } from './compared.ts'
import { FactCell } from './fact-cell.tsx'
import { cellWidth, headHeight, nameWidth, pinnedWidth, rowHeight } from './grid-sizes.ts'
import type { GridItem } from './row-filter.ts'

import styles from './compare-grid.module.css'

interface ItemRowProps {
  item: GridItem
  index: number
  compared: Compared
  /** Columns in sight behind the baseline, from 0. */
  columnIndexes: readonly number[]
  activeColumn: number
  onDiff: (item: number, run: number) => void
}

/** One fact of all runs, or the name of a section. */
export const ItemRow = memo(function ItemRow({ item, index, compared, columnIndexes, activeColumn, onDiff }: ItemRowProps) {
  const place = { transform: `translateY(${headHeight + index * rowHeight}px)`, height: rowHeight }
  if (item.kind === 'section') {
    const isActive = activeColumn >= 0
    return (
      <div role="row" aria-rowindex={index + 2} className={styles['section']} style={place}>
        <div
          role="rowheader"
          aria-colindex={1}
          aria-colspan={compared.order.length + 1}
          tabIndex={isActive ? 0 : -1}
          data-active={isActive || undefined}
          className={styles['sectionName']}
        >
          {item.name}
          <span className="visually-hidden">, {formatPlural(item.count, 'row')}</span>
        </div>
      </div>
    )
  }
  const { row } = item
  const cell = (column: number, run: number, left?: number) => (
    <div
      key={run}
      role="gridcell"
      aria-colindex={column + 1}
      tabIndex={activeColumn === column ? 0 : -1}
      data-active={activeColumn === column || undefined}
      className={classNames(styles['cell'], left !== undefined && styles['placed'])}
      style={{ width: cellWidth, left }}
    >
      <FactCell row={row} run={run} baseline={compared.baseline} onDiff={() => onDiff(index, run)} />
    </div>
  )
  return (
    <div role="row" aria-rowindex={index + 2} className={styles['row']} style={place}>
      <div className={styles['pinned']}>
        <div
          role="rowheader"
          aria-colindex={1}
          tabIndex={activeColumn === 0 ? 0 : -1}
          data-active={activeColumn === 0 || undefined}
          className={styles['name']}
          style={{ width: nameWidth }}
          title={nameTitle(row)}
        >
          <code className={styles['key']}>
            <bdi dir="ltr">{row.key}</bdi>
          </code>
          {row.kind === 'number' && row.note !== '' && <span className={styles['note']}>{row.note}</span>}
        </div>
        {cell(1, compared.baseline)}
      </div>
      {columnIndexes.map(at => {
        const run = compared.order[at + 1]
        return run === undefined ? null : cell(at + 2, run, pinnedWidth + at * cellWidth)
      })}
    </div>
  )
})

function nameTitle(row: CompareRow): string {
  if (row.kind === 'text' || row.note === '') return row.key
  return `${row.key}: ${row.note}${row.better === null ? '' : `, ${row.better} is better`}`
}
