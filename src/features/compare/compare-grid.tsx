/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { useLayoutEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'

import { nextPosition, revealOffset, type GridPosition } from '#ui/data-table/grid-position.ts'
import { useVisibleRange } from '#ui/use-visible-range.ts'

import type { Compared } from './compared.ts'
import { GridHead } from './grid-head.tsx'
import { cellWidth, headHeight, pinnedWidth, rowHeight } from './grid-sizes.ts'
import { ItemRow } from './item-row.tsx'
import type { GridItem } from './row-filter.ts'

import styles from './compare-grid.module.css'

interface CompareGridProps {
  compared: Compared
  items: readonly GridItem[]
  /** Shows a text beside that of the baseline, by the row's place in `items` and the run's. */
  onDiff: (item: number, run: number) => void
}

const heightOf = () => rowHeight
const widthOf = () => cellWidth

/** Facts as rows and runs as columns, the baseline beside the names of the facts. It draws what is in sight, and one tab stop leads to a cell that the arrow keys move. */
export function CompareGrid({ compared, items, onDiff }: CompareGridProps) {
  const { order } = compared
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const [chosen, setActive] = useState<GridPosition>({ row: 0, column: 0 })
  const focusWanted = useRef(false)
  const active = { row: Math.min(chosen.row, items.length - 1), column: Math.min(chosen.column, order.length) }
  const rows = useVisibleRange({ scroller, count: items.length, sizeOf: heightOf, before: headHeight, overscan: 6, keep: active.row })
  const columns = useVisibleRange({
    scroller,
    horizontal: true,
    count: order.length - 1,
    sizeOf: widthOf,
    before: pinnedWidth,
    overscan: 2,
    keep: active.column - 2,
  })
  const width = pinnedWidth + (order.length - 1) * cellWidth

  useLayoutEffect(() => {
    if (!focusWanted.current) return
    const cell = scroller?.querySelector<HTMLElement>('[data-active]')
    if (!cell) return
    focusWanted.current = false
    cell.focus({ preventScroll: true })
  })

  function activate(position: GridPosition): void {
    focusWanted.current = true
    setActive(position)
    if (!scroller) return
    const down = { offset: scroller.scrollTop, size: scroller.clientHeight, coveredStart: headHeight, coveredEnd: 0 }
    const across = { offset: scroller.scrollLeft, size: scroller.clientWidth, coveredStart: pinnedWidth, coveredEnd: 0 }
    const row = { start: headHeight + position.row * rowHeight, size: rowHeight }
    const column = { start: pinnedWidth + (position.column - 2) * cellWidth, size: cellWidth }
    scroller.scrollTo({
      top: position.row < 0 ? down.offset : revealOffset(row, down),
      left: position.column < 2 ? across.offset : revealOffset(column, across),
    })
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!(event.target instanceof Element) || !event.target.hasAttribute('data-active')) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.target.querySelector<HTMLElement>('button, a')?.click()
      event.preventDefault()
      return
    }
    const page = Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - headHeight) / rowHeight) - 1)
    const next = event.altKey ? null : nextPosition(active, event, { rows: items.length, columns: order.length + 1, page })
    if (!next) return
    activate(next)
    event.preventDefault()
  }

  function onMouseDown({ target }: MouseEvent): void {
    if (!(target instanceof Element)) return
    const at = (name: string) => Number(target.closest(`[${name}]`)?.getAttribute(name) ?? NaN)
    const row = at('aria-rowindex') - 2
    const column = at('aria-colindex') - 1
    if (!Number.isNaN(row + column)) setActive({ row, column })
  }

  return (
    // The grid itself takes no focus: its active cell does.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={setScroller}
      role="grid"
      aria-label="Params and fields"
      aria-rowcount={items.length + 1}
      aria-colcount={order.length + 1}
      className={styles['scroller']}
      onKeyDown={onKeyDown}
      onMouseDown={onMouseDown}
    >
      <div role="rowgroup" className={styles['content']} style={{ width, height: headHeight + items.length * rowHeight }}>
        <GridHead compared={compared} columnIndexes={columns.indexes} activeColumn={active.row < 0 ? active.column : -1} />
        {rows.indexes.map(index => {
          const item = items[index]
          return item === undefined ? null : (
            <ItemRow
              key={item.kind === 'section' ? item.name : `${item.row.section} ${item.row.key}`}
              item={item}
              index={index}
              compared={compared}
              columnIndexes={columns.indexes}
              activeColumn={index === active.row ? active.column : -1}
              onDiff={onDiff}
            />
          )
        })}
      </div>
    </div>
  )
}
