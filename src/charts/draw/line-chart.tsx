import { lazy, Suspense, useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'

import type { ChartModel } from '#charts/prepare/chart-model.ts'
import type { ZoomRange } from '#charts/prepare/zoom-range.ts'

import { noteFull, zoomTo, type ChartSync } from './chart-sync.ts'
import { useChartTheme } from './chart-theme.ts'
import { cursorText } from './cursor-text.ts'
import { createHover, HoverTooltip } from './hover-tooltip.tsx'
import { useDrawing } from './use-drawing.ts'
import { useOverlay } from './use-overlay.ts'
import { usePlotInput } from './use-plot-input.ts'
import { useSize } from './use-size.ts'

import styles from './line-chart.module.css'

const PinnedTooltip = lazy(async () => ({ default: (await import('./pinned-tooltip.tsx')).PinnedTooltip }))

export interface LineChartProps {
  model: ChartModel
  /** Cursor and zoom, shared by the charts of a page. */
  sync: ChartSync
  /** Where a zoom goes; to `sync` if not given. Null shows all. */
  onZoom?: (range: ZoomRange | null) => void
}

/** Tells the cursor to screen readers as the value of a slider, past React, since it moves with the pointer. */
function useSpokenCursor(model: ChartModel, sync: ChartSync) {
  const slider = useRef<HTMLDivElement>(null)
  const tell = (model: ChartModel): void => {
    const { cursor, step } = sync.getState()
    const { min, max } = model.xAxis.scale
    slider.current?.setAttribute('aria-valuenow', String(cursor ?? min))
    slider.current?.setAttribute('aria-valuemin', String(Math.min(min, cursor ?? min)))
    slider.current?.setAttribute('aria-valuemax', String(Math.max(max, cursor ?? max)))
    slider.current?.setAttribute('aria-valuetext', cursor === null ? 'No cursor' : cursorText(model, cursor, step))
  }
  const say = useEffectEvent(tell)
  const sayHere = useEffectEvent(() => tell(model))
  useLayoutEffect(() => say(model), [model])
  useEffect(
    () =>
      sync.subscribe((state, before) => {
        // Of the charts of a page, only the one that has the focus speaks.
        if ((state.cursor !== before.cursor || state.step !== before.step) && slider.current === document.activeElement) sayHere()
      }),
    [sync],
  )
  return slider
}

function Pinned({ id, model, sync, giveBack }: { id: string; model: ChartModel; sync: ChartSync; giveBack: () => HTMLElement | null }) {
  const held = useStore(sync, state => state.held === id)
  if (!held) return null
  return (
    <Suspense>
      <PinnedTooltip model={model} sync={sync} anchor={giveBack} />
    </Suspense>
  )
}

/**
 * Draws a model in the box that it stands in, which gives it its size. The pointer moves the cursor of all charts of `sync`, a click holds it,
 * dragging zooms; keys do the same: ← → + − 0 Enter Esc.
 */
export function LineChart({ model, sync, onZoom = range => zoomTo(sync, range) }: LineChartProps) {
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [hover] = useState(createHover)
  const size = useSize(box)
  const theme = useChartTheme()
  const failure = useDrawing(host, model, theme, size)
  const overlay = useOverlay(canvas, model, theme, size, sync)
  const slider = useSpokenCursor(model, sync)
  useLayoutEffect(() => {
    const { min, max } = model.xAxis.scale
    if (!model.options.xRange && model.empty === null) noteFull(sync, [min, max])
  }, [model, sync])
  const input = usePlotInput({ id, model, size, sync, overlay, hover, onZoom })

  return (
    <div ref={box} className={styles['chart']}>
      <div ref={host} aria-hidden className={styles['layer']} />
      <canvas ref={canvas} aria-hidden className={styles['layer']} />
      {model.empty !== null && <p className={styles['empty']}>{model.empty}</p>}
      {failure !== null && <p className={styles['empty']}>The drawing code of this chart could not be loaded. Load the page again.</p>}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/role-has-required-aria-props -- a plot, whose value is set past React */}
      <div ref={slider} role="slider" tabIndex={0} aria-label={`Cursor in ${model.title}`} className={styles['input']} {...input} />
      <HoverTooltip store={hover} model={model} />
      <Pinned id={id} model={model} sync={sync} giveBack={() => slider.current} />
    </div>
  )
}
