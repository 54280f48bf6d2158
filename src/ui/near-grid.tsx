import { useEffectEvent, useLayoutEffect, useRef, useState, type ReactNode } from 'react'

import { cancelMaking, makeSoon, nearMargin } from './near-queue.ts'
import { columnsIn, rowsNear } from './near-rows.ts'

interface NearGridProps<Item> {
  items: readonly Item[]
  keyOf: (item: Item) => string
  /** Height of each cell, least width of a column and space between cells, in px. */
  height: number
  minWidth: number
  gap: number
  children: (item: Item) => ReactNode
}

/** Cells of one size in as many columns as fit. Only those in view or close to it exist: a thousand empty boxes would be laid out with each of them. */
export function NearGrid<Item>({ items, keyOf, height, minWidth, gap, children }: NearGridProps<Item>) {
  const box = useRef<HTMLDivElement>(null)
  const [columns, setColumns] = useState(1)
  const [made, setMade] = useState<readonly number[]>([])
  const [waiting] = useState(() => new Map<number, object>())
  const rows = Math.ceil(items.length / columns)
  const pitch = height + gap

  const look = useEffectEvent((): void => {
    if (!box.current) return
    const { top } = box.current.getBoundingClientRect()
    const near = rowsNear({ top, rows, pitch, margin: nearMargin, view: window.innerHeight })
    const isNear = (row: number): boolean => row >= near.first && row <= near.last
    for (const [row, owner] of waiting) {
      if (isNear(row)) continue
      cancelMaking(owner)
      waiting.delete(row)
    }
    if (!made.every(isNear)) setMade(rows => rows.filter(isNear))
    for (let row = near.first; row <= near.last; row += 1) {
      if (made.includes(row) || waiting.has(row)) continue
      const owner = {}
      waiting.set(row, owner)
      makeSoon(owner, top + row * pitch, () => {
        waiting.delete(row)
        // It may be asked for again before it is drawn.
        setMade(rows => (rows.includes(row) ? rows : [...rows, row].toSorted((a, b) => a - b)))
      })
    }
  })
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const measure = (): void => setColumns(columnsIn(element.clientWidth, minWidth, gap))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [minWidth, gap])
  useLayoutEffect(() => {
    const lookAgain = (): void => look()
    window.addEventListener('scroll', lookAgain, { capture: true, passive: true })
    window.addEventListener('resize', lookAgain)
    return () => {
      window.removeEventListener('scroll', lookAgain, { capture: true })
      window.removeEventListener('resize', lookAgain)
      for (const owner of waiting.values()) cancelMaking(owner)
      waiting.clear()
    }
  }, [waiting])
  // What stands above may have another height now, which nothing tells of.
  useLayoutEffect(() => look())

  const width = `(100% - ${(columns - 1) * gap}px) / ${columns}`
  return (
    <div ref={box} data-near-grid={items.length} style={{ position: 'relative', height: Math.max(0, rows * pitch - gap) }}>
      {made.flatMap(row =>
        items.slice(row * columns, (row + 1) * columns).map((item, column) => (
          <div
            key={keyOf(item)}
            style={{
              position: 'absolute',
              top: row * pitch,
              left: `calc(${column} * (${width} + ${gap}px))`,
              width: `calc(${width})`,
              height,
              contain: 'size layout style',
            }}
          >
            {children(item)}
          </div>
        )),
      )}
    </div>
  )
}
