import { useRef, type KeyboardEvent, type PointerEvent } from 'react'

import { toFraction } from '#charts/prepare/axis-scale.ts'
import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { stepCursor, type CursorPlace } from '#charts/prepare/nearest-point.ts'
import { rangeBetween, zoomedRange, type ZoomRange } from '#charts/prepare/zoom-range.ts'

import { plotBox, type Size } from './chart-geometry.ts'
import { holdCursor, hoverLine, moveCursor, releaseCursor, type ChartSync } from './chart-sync.ts'
import type { HoverStore } from './hover-tooltip.tsx'
import { cursorPx, placeAt } from './pointer.ts'
import type { Overlay } from './use-overlay.ts'

/** The pointer drags once it moved this far, in px; less is a click. */
const dragFrom = 4
const zoomFactor = 2
/** Points that the cursor passes with Shift. */
const leap = 10

interface PlotInputOptions {
  id: string
  model: ChartModel
  size: Size | null
  sync: ChartSync
  overlay: Overlay
  hover: HoverStore
  onZoom: (range: ZoomRange | null) => void
}

/** What pointer and keys do in a plot: move and hold the cursor, zoom. */
export function usePlotInput({ id, model, size, sync, overlay, hover, onZoom }: PlotInputOptions) {
  const drag = useRef<{ from: number; fraction: number; moved: boolean } | null>(null)

  function leave(): void {
    hover.setState({ hover: null })
    hoverLine(sync, null)
    moveCursor(sync, null)
  }
  function zoomBy(factor: number): void {
    const { cursor, full } = sync.getState()
    const at = cursor === null ? 0.5 : toFraction(model.xAxis.scale, cursor)
    onZoom(zoomedRange(model.xAxis.scale, factor, at >= 0 && at <= 1 ? at : 0.5, full))
  }
  function showAt(element: Element, { x, step }: CursorPlace): void {
    if (!size) return
    const { left, top } = element.getBoundingClientRect()
    hover.setState({ hover: { x, step, clientX: left + cursorPx(model, size, x), clientY: top + size.height / 2, line: null } })
  }
  function stepTo(element: Element, from: CursorPlace | null, count: number): void {
    const place = stepCursor(model, from, count)
    if (place === null) return
    if (sync.getState().held !== null) holdCursor(sync, id, place.x, place.step)
    else {
      moveCursor(sync, place.x, place.step)
      showAt(element, place)
    }
  }

  return {
    onPointerMove(event: PointerEvent<HTMLElement>): void {
      if (!size) return
      const bounds = event.currentTarget.getBoundingClientRect()
      const px = event.clientX - bounds.left
      const held = drag.current
      if (held && (held.moved || Math.abs(px - held.from) > dragFrom)) {
        held.moved = true
        const box = plotBox(model, size)
        hover.setState({ hover: null })
        hoverLine(sync, null)
        overlay.set({ drag: [held.from, Math.max(box.left, Math.min(px, box.left + box.width))] })
        return
      }
      const place = placeAt(model, size, px, event.clientY - bounds.top)
      if (!place || place.x === null) {
        leave()
        return
      }
      moveCursor(sync, place.x, place.step)
      hoverLine(sync, place.line)
      const { clientX, clientY } = event
      const { x, step, line } = place
      hover.setState({ hover: sync.getState().held === null ? { x, step, clientX, clientY, line } : null })
    },
    onPointerLeave(): void {
      if (!drag.current?.moved) leave()
    },
    onPointerDown(event: PointerEvent<HTMLElement>): void {
      if (event.button !== 0 || !size) return
      const bounds = event.currentTarget.getBoundingClientRect()
      const from = event.clientX - bounds.left
      const place = placeAt(model, size, from, event.clientY - bounds.top)
      if (!place) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { from, fraction: place.fraction, moved: false }
    },
    onPointerUp(event: PointerEvent<HTMLElement>): void {
      const held = drag.current
      drag.current = null
      overlay.set({ drag: null })
      if (!held || !size) return
      const bounds = event.currentTarget.getBoundingClientRect()
      if (held.moved) {
        const box = plotBox(model, size)
        const range = rangeBetween(model.xAxis.scale, held.fraction, (event.clientX - bounds.left - box.left) / box.width)
        if (range) onZoom(range)
        return
      }
      const place = placeAt(model, size, event.clientX - bounds.left, event.clientY - bounds.top)
      if (place?.x == null) return
      hover.setState({ hover: null })
      holdCursor(sync, id, place.x, place.step)
    },
    onPointerCancel(): void {
      drag.current = null
      overlay.set({ drag: null })
      leave()
    },
    onDoubleClick(): void {
      releaseCursor(sync)
      onZoom(null)
    },
    onBlur: () => hover.setState({ hover: null }),
    onKeyDown(event: KeyboardEvent<HTMLElement>): void {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const { cursor, step, held } = sync.getState()
      const target = event.currentTarget
      const here = cursor === null ? null : { x: cursor, step }
      const acts: Record<string, () => void> = {
        ArrowLeft: () => stepTo(target, here, event.shiftKey ? -leap : -1),
        ArrowRight: () => stepTo(target, here, event.shiftKey ? leap : 1),
        Home: () => stepTo(target, null, 1),
        End: () => stepTo(target, null, -1),
        '+': () => zoomBy(zoomFactor),
        '=': () => zoomBy(zoomFactor),
        '-': () => zoomBy(1 / zoomFactor),
        '0': () => onZoom(null),
        Enter: () => cursor !== null && holdCursor(sync, id, cursor, step),
      }
      if (event.key === 'Escape') {
        if (held === null && cursor === null && sync.getState().zoom === null) return
        if (held === null && cursor === null) onZoom(null)
        hover.setState({ hover: null })
        releaseCursor(sync)
      } else {
        const act = acts[event.key]
        if (!act) return
        act()
      }
      event.preventDefault()
      event.stopPropagation()
    },
  }
}
