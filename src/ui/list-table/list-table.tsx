/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useCallback, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent } from 'react'

import { classNames } from '#lib/class-names.ts'
import { nextPosition, type GridPosition } from '#ui/data-table/grid-position.ts'

import type { ListColumn } from './list-column.ts'
import { nextSort, sortRows, type ListSort } from './list-order.ts'
import { ListRow } from './list-row.tsx'

import styles from './list-table.module.css'

interface ListTableProps<Row> {
  /** Name of the table for screen readers. */
  label: string
  columns: readonly ListColumn<Row>[]
  /** All rows. Their heights may differ. */
  rows: readonly Row[]
  /** The same function each time, else all heights are reckoned anew. */
  rowKey: (row: Row) => string
}

const rowHeight = 28

/** A table of rows that are all here, however many: it draws what is in sight, sorts by a press on a head, and is one tab stop. */
export function ListTable<Row>({ label, columns, rows, rowKey }: ListTableProps<Row>) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [sort, setSort] = useState<ListSort | null>(null)
  const [chosen, setActive] = useState<GridPosition>({ row: 0, column: 0 })
  const focusWanted = useRef(false)
  const active = { row: Math.min(chosen.row, rows.length - 1), column: Math.min(chosen.column, columns.length - 1) }
  const headHeight = columns.some(column => column.note !== undefined) ? 44 : 32
  const valueOf = columns.find(column => column.id === sort?.id)?.sortValue
  const ordered = useMemo(() => (sort && valueOf ? sortRows(rows, valueOf, sort.descending) : rows), [rows, sort, valueOf])

  // Everything is read from the virtualizer in this render, so nothing can be stale.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: useCallback((index: number) => rowKey(ordered[index] as Row), [ordered, rowKey]),
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
    rangeExtractor: useCallback((range: Range) => withActive(range, active.row), [active.row]),
  })

  useLayoutEffect(() => {
    if (!focusWanted.current) return
    const cell = scroller?.querySelector<HTMLElement>('[data-active]')
    if (!cell) return
    focusWanted.current = false
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  function activate(position: GridPosition, focus: boolean): void {
    if (focus && position.row >= 0) virtualizer.scrollToIndex(position.row, { align: 'auto' })
    focusWanted.current = focus
    setActive(position)
  }

  function press(column: ListColumn<Row> | undefined): void {
    if (column?.sortValue) setSort(nextSort(sort, column.id, column.descendingFirst ?? false))
  }

  function onClick(event: MouseEvent<HTMLDivElement>): void {
    const head = event.target instanceof Element ? event.target.closest('[role="columnheader"]') : null
    if (head) press(columns[Number(head.getAttribute('aria-colindex')) - 1])
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (!(event.target instanceof Element) || !event.target.hasAttribute('data-active')) return
    const page = Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headHeight) / rowHeight) - 1)
    const next = event.altKey ? null : nextPosition(active, event, { rows: ordered.length, columns: columns.length, page })
    if (next) activate(next, true)
    else if (event.key !== 'Enter' && event.key !== ' ') return
    else if (active.row < 0) press(columns[active.column])
    else event.target.querySelector<HTMLElement>('button, a')?.click()
    event.preventDefault()
  }

  const least = columns.reduce((sum, column) => sum + column.width, 0)
  const template = columns.map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)).join(' ')
  const onFocus = useCallback((row: number, column: number) => setActive({ row, column }), [])
  const activeHead = active.row < 0 ? active.column : -1
  return (
    // The grid itself takes no focus: its active cell does.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={setScroller}
      role="grid"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      aria-colcount={columns.length}
      className={styles['scroller']}
      style={{ '--list-columns': template, scrollPaddingTop: headHeight } as CSSProperties}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div
        role="rowgroup"
        className={styles['content']}
        style={{ minWidth: `calc(${least}px + 2 * var(--list-inset, 16px))`, height: virtualizer.getTotalSize() + headHeight }}
      >
        <div role="row" aria-rowindex={1} className={styles['head']} style={{ height: headHeight }}>
          {columns.map((column, index) => {
            const order = sort?.id === column.id ? sort : null
            const Arrow = order?.descending ? ArrowDown : ArrowUp
            const arrow = order && <Arrow className={styles['arrow']} />
            return (
              <div
                key={column.id}
                role="columnheader"
                aria-sort={order ? (order.descending ? 'descending' : 'ascending') : column.sortValue ? 'none' : undefined}
                className={classNames(styles['headCell'], column.align === 'end' && styles['end'])}
                aria-colindex={index + 1}
                tabIndex={index === activeHead ? 0 : -1}
                data-active={index === activeHead || undefined}
                onFocus={() => onFocus(-1, index)}
              >
                <span className={styles['title']}>
                  <span
                    className={classNames(styles['titleText'], column.mono && styles['mono'], column.titleHidden && 'visually-hidden')}
                    title={column.title}
                  >
                    {column.title}
                  </span>
                  {column.note === undefined && arrow}
                </span>
                {column.note !== undefined && (
                  <span className={styles['note']}>
                    {column.note}
                    {arrow}
                  </span>
                )}
              </div>
            )
          })}
        </div>
        {virtualizer.getVirtualItems().map(item => {
          const row = ordered[item.index]
          return row === undefined ? null : (
            <ListRow
              key={item.key}
              row={row}
              index={item.index}
              start={item.start}
              columns={columns}
              activeColumn={item.index === active.row ? active.column : -1}
              measure={virtualizer.measureElement}
              onFocus={onFocus}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The active row is drawn wherever the rows are scrolled to, so that focus is never lost. */
function withActive(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range)
  if (index < 0 || index >= range.count || indexes.includes(index)) return indexes
  return [...indexes, index].sort((a, b) => a - b)
}
