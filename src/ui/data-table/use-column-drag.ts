import { useState, type PointerEvent as ReactPointerEvent } from 'react'

import type { DataGrid } from './use-data-grid.ts'

/** Pixels that a press must move before it drags, so that a click still sorts. */
const slack = 5

/** Index before which a column dropped at `x` px of the content lands, by the middle of the columns. */
export function dropIndex(columns: readonly { start: number; size: number }[], x: number): number {
  const index = columns.findIndex(column => x < column.start + column.size / 2)
  return index < 0 ? columns.length : index
}

/** Dragging a column's head to another place; `onMove` gets the index it has afterwards. */
export function useColumnDrag<Row>(grid: DataGrid<Row>, onMove: ((id: string, to: number) => void) | undefined) {
  const [dropAt, setDropAt] = useState<number | null>(null)

  function start(press: ReactPointerEvent, index: number): void {
    const column = grid.columns[index]?.column
    if (!onMove || !column || press.button !== 0 || press.pointerType === 'touch') return
    if ((press.target as Element).closest('button, [aria-hidden]')) return
    const origin = press.clientX
    let target: number | null = null

    const move = (event: PointerEvent): void => {
      const element = grid.scroller
      if (!element || (target === null && Math.abs(event.clientX - origin) < slack)) return
      const box = element.getBoundingClientRect()
      if (event.clientX > box.right - 24) element.scrollBy({ left: 12 })
      if (event.clientX < box.left + grid.pinned.size) element.scrollBy({ left: -12 })
      target = dropIndex(grid.columns, event.clientX - box.left + element.scrollLeft)
      setDropAt(target)
    }
    const end = (event: PointerEvent): void => {
      document.removeEventListener('pointermove', move)
      document.removeEventListener('pointerup', end)
      document.removeEventListener('pointercancel', end)
      document.removeEventListener('keydown', escape, true)
      setDropAt(null)
      if (target === null) return
      suppressClick()
      if (event.type === 'pointerup' && column) onMove?.(column.id, target > index ? target - 1 : target)
    }
    const escape = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      end(new PointerEvent('pointercancel'))
    }
    document.addEventListener('pointermove', move)
    document.addEventListener('pointerup', end)
    document.addEventListener('pointercancel', end)
    document.addEventListener('keydown', escape, true)
  }
  return { dropAt, start }
}

/** Swallows the click that follows a drag: it would sort by the column that was moved. */
function suppressClick(): void {
  const swallow = (event: MouseEvent): void => event.stopPropagation()
  document.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => document.removeEventListener('click', swallow, { capture: true }))
}
