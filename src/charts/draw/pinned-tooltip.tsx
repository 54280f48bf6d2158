import { X } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'

import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { tooltipRows, type TooltipRow, type TooltipSort } from '#charts/prepare/nearest-point.ts'
import { tooltipTsv } from '#charts/prepare/tooltip-tsv.ts'
import { formatCount } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { CopyIconButton } from '#ui/copy-button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { popupHome } from '#ui/popup.ts'
import { TextField } from '#ui/text-field.tsx'

import { releaseCursor, type ChartSync } from './chart-sync.ts'
import { placeBeside } from './place-beside.ts'
import { cursorPx } from './pointer.ts'
import { placeText, ValueRow } from './tooltip-content.tsx'

import styles from './pinned-tooltip.module.css'

/** More rows than this have a filter field. */
const filterFrom = 8

function matches({ line }: TooltipRow, words: string): boolean {
  const text = [line.label, ...(line.params ?? []).flat()].join(' ').toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}

interface PinnedTooltipProps {
  model: ChartModel
  sync: ChartSync
  /** The chart's element, which gets the focus back. */
  anchor: () => HTMLElement | null
}

/** The values at the held cursor, to be searched, sorted and copied. Closes with Esc. */
export function PinnedTooltip({ model, sync, anchor }: PinnedTooltipProps) {
  const x = useStore(sync, state => state.cursor)
  const step = useStore(sync, state => state.step)
  const [sort, setSort] = useState<TooltipSort>('value')
  const [filter, setFilter] = useState('')
  const box = useRef<HTMLDialogElement>(null)
  const rows = x === null ? [] : tooltipRows(model, x, sort, step)
  const shown = filter.trim() === '' ? rows : rows.filter(row => matches(row, filter.trim()))

  useLayoutEffect(() => {
    const follow = (event?: Event): void => {
      const chart = anchor()
      // Its own rows scroll too.
      if (!box.current || !chart || x === null || (event?.target instanceof Node && box.current.contains(event.target))) return
      const bounds = chart.getBoundingClientRect()
      const px = cursorPx(model, { width: bounds.width, height: bounds.height }, x)
      if (Number.isFinite(px)) placeBeside(box.current, bounds.left + px, bounds.top + bounds.height / 2)
    }
    follow()
    window.addEventListener('scroll', follow, { capture: true, passive: true })
    return () => window.removeEventListener('scroll', follow, { capture: true })
  }, [anchor, model, x])
  useEffect(() => box.current?.focus({ preventScroll: true }), [])

  function close(): void {
    releaseCursor(sync)
    anchor()?.focus({ preventScroll: true })
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  if (x === null) return null
  return createPortal(
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc acts wherever in it the focus is
    <dialog
      open
      ref={box}
      aria-label={`${model.title}, ${placeText(model, x, step)}`}
      tabIndex={-1}
      className={styles['pinned']}
      onKeyDown={onKeyDown}
    >
      <div className={styles['head']}>
        <span className={styles['place']}>{placeText(model, x, step)}</span>
        {rows.length > 1 && (
          <Button size="small" onClick={() => setSort(sort === 'value' ? 'name' : 'value')}>
            By {sort}
          </Button>
        )}
        <CopyIconButton label="Copy as a table" text={() => tooltipTsv(model.title, shown, model.options.xKey)} />
        <IconButton label="Close" shortcut="Esc" size="small" icon={<X />} onClick={close} />
      </div>
      {rows.length > filterFrom && (
        <TextField
          label="Filter lines"
          placeholder="Filter by name or param"
          value={filter}
          onValueChange={setFilter}
          className={styles['filter']}
        />
      )}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className={styles['rows']} tabIndex={0} aria-label="Values">
        {shown.map(row => (
          <div key={row.line.id} className={styles['row']}>
            <ValueRow row={row} model={model} x={x} />
            {row.line.params && row.line.params.length > 0 && (
              <span className={styles['params']}>{row.line.params.map(([key, value]) => `${key} ${value}`).join(' · ')}</span>
            )}
          </div>
        ))}
      </section>
      {shown.length < rows.length && (
        <p className={styles['count']}>
          {formatCount(shown.length)} of {formatCount(rows.length)} lines
        </p>
      )}
    </dialog>,
    popupHome(),
  )
}
