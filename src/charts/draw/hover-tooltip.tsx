import { useEffect, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { popupHome } from '#ui/popup.ts'

import { placeBeside } from './place-beside.ts'
import { TooltipContent } from './tooltip-content.tsx'

import styles from './hover-tooltip.module.css'

export interface Hover {
  /** Place of the cursor in the units of the axis, and on the screen in px. */
  x: number
  step: number | null
  clientX: number
  clientY: number
  /** Id of the line under the pointer. */
  line: string | null
}

/** Where the pointer is over one chart; its own store, so that a move draws the tooltip and nothing around it. */
export type HoverStore = StoreApi<{ hover: Hover | null }>

export function createHover(): HoverStore {
  return createStore<{ hover: Hover | null }>(() => ({ hover: null }))
}

/** The values under the pointer. Screen readers hear them from the chart's own value. */
export function HoverTooltip({ store, model }: { store: HoverStore; model: ChartModel }) {
  const { hover } = useStore(store)
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (hover && box.current) placeBeside(box.current, hover.clientX, hover.clientY)
  })
  useEffect(() => {
    // The pointer is over something else then, and says so only when it moves.
    const hide = (): void => {
      if (store.getState().hover) store.setState({ hover: null })
    }
    window.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => window.removeEventListener('scroll', hide, { capture: true })
  }, [store])
  if (!hover) return null
  return createPortal(
    <div ref={box} aria-hidden className={styles['tooltip']}>
      <TooltipContent model={model} x={hover.x} step={hover.step} hovered={hover.line} />
    </div>,
    popupHome(),
  )
}
