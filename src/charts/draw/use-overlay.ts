import { useEffect, useEffectEvent, useLayoutEffect, useRef, type RefObject } from 'react'

import type { ChartModel } from '#charts/prepare/chart-model.ts'

import type { Size } from './chart-geometry.ts'
import type { ChartSync } from './chart-sync.ts'
import type { ChartTheme } from './chart-theme.ts'
import { drawOverlay, type OverlayState } from './overlay.ts'

export interface Overlay {
  /** What of the overlay belongs to this chart alone. */
  set: (change: Partial<Pick<OverlayState, 'drag'>>) => void
}

/** Keeps the overlay of a chart equal to the shared cursor, at most once a frame and without drawing a component. */
export function useOverlay(
  canvas: RefObject<HTMLCanvasElement | null>,
  model: ChartModel,
  theme: ChartTheme,
  size: Size | null,
  sync: ChartSync,
): Overlay {
  const own = useRef<Pick<OverlayState, 'drag'>>({ drag: null })
  const frame = useRef(0)
  const drawAs = (model: ChartModel, theme: ChartTheme, size: Size | null): void => {
    frame.current = 0
    const { cursor, step, hovered } = sync.getState()
    if (canvas.current && size) drawOverlay(canvas.current, model, theme, size, { ...own.current, cursor, step, hovered })
  }
  const draw = useEffectEvent(drawAs)
  const drawAgain = useEffectEvent(() => drawAs(model, theme, size))
  const ask = useRef((): void => {})
  useEffect(() => {
    ask.current = () => {
      frame.current ||= requestAnimationFrame(() => drawAgain())
    }
    const stop = sync.subscribe((state, before) => {
      if (state.cursor !== before.cursor || state.step !== before.step || state.hovered !== before.hovered) ask.current()
    })
    return () => {
      stop()
      cancelAnimationFrame(frame.current)
      frame.current = 0
    }
  }, [sync])
  useLayoutEffect(() => draw(model, theme, size), [model, theme, size])
  return {
    set: change => {
      own.current = { ...own.current, ...change }
      ask.current()
    },
  }
}
