import { createStore, type StoreApi } from 'zustand/vanilla'

import type { ZoomRange } from '#charts/prepare/zoom-range.ts'

export interface ChartSyncState {
  /** Where the cursor is, in the units of the horizontal axis; null while it is nowhere. */
  cursor: number | null
  /** On an axis that is another metric, the step of the point that the cursor is at. */
  step: number | null
  /** The chart (its id) whose tooltip is pinned; the cursor stays where it is meanwhile. */
  held: string | null
  /** Id of the line that is pointed at, in any chart or in the table beside them: drawn once more above the others, in its own colour. */
  hovered: string | null
  /** The window that was zoomed to; null shows all. */
  zoom: ZoomRange | null
  /** What all charts together show without a zoom, as far as it was seen: where zooming out ends. */
  full: ZoomRange | null
}

/** What the charts of one page have in common. */
export type ChartSync = StoreApi<ChartSyncState>

/** A store for the charts of one page that share a horizontal axis. A page makes one (`useState(createChartSync)`) and hands it to each. */
export function createChartSync(zoom: ChartSyncState['zoom'] = null): ChartSync {
  return createStore<ChartSyncState>(() => ({ cursor: null, step: null, held: null, hovered: null, zoom, full: null }))
}

/** Moves the cursor, unless it is held. */
export function moveCursor(sync: ChartSync, cursor: number | null, step: number | null = null): void {
  const state = sync.getState()
  if (state.held === null && (state.cursor !== cursor || state.step !== step)) sync.setState({ cursor, step })
}

/** Points at a line; null at none. Draws no chart again. */
export function hoverLine(sync: ChartSync, hovered: string | null): void {
  if (sync.getState().hovered !== hovered) sync.setState({ hovered })
}

/** Holds the cursor at a place, with the tooltip of the chart `id`. */
export function holdCursor(sync: ChartSync, id: string, cursor: number, step: number | null = null): void {
  sync.setState({ cursor, step, held: id })
}

/** Lets the cursor go. */
export function releaseCursor(sync: ChartSync): void {
  sync.setState({ cursor: null, step: null, held: null, hovered: null })
}

/** Shows a window of the horizontal axis; null shows all. */
export function zoomTo(sync: ChartSync, zoom: ChartSyncState['zoom']): void {
  sync.setState({ zoom })
}

/** Tells what a chart shows without a zoom. */
export function noteFull(sync: ChartSync, [from, to]: ZoomRange): void {
  const { full } = sync.getState()
  if (full && full[0] <= from && full[1] >= to) return
  sync.setState({ full: full ? [Math.min(full[0], from), Math.max(full[1], to)] : [from, to] })
}
