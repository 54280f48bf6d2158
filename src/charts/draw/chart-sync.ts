import { createStore, type StoreApi } from 'zustand/vanilla'

export interface ChartSyncState {
  /** Where the cursor is, in the units of the horizontal axis; null while it is nowhere. */
  cursor: number | null
  /** The chart (its id) whose tooltip is pinned; the cursor stays where it is meanwhile. */
  held: string | null
  /** The window that was zoomed to; null shows all. */
  zoom: readonly [from: number, to: number] | null
}

/** What the charts of one page have in common. */
export type ChartSync = StoreApi<ChartSyncState>

/** A store for the charts of one page that share a horizontal axis. A page makes one (`useState(createChartSync)`) and hands it to each. */
export function createChartSync(zoom: ChartSyncState['zoom'] = null): ChartSync {
  return createStore<ChartSyncState>(() => ({ cursor: null, held: null, zoom }))
}

/** Moves the cursor, unless it is held. */
export function moveCursor(sync: ChartSync, cursor: number | null): void {
  const state = sync.getState()
  if (state.held === null && state.cursor !== cursor) sync.setState({ cursor })
}

/** Holds the cursor at a place, with the tooltip of the chart `id`. */
export function holdCursor(sync: ChartSync, id: string, cursor: number): void {
  sync.setState({ cursor, held: id })
}

/** Lets the cursor go. */
export function releaseCursor(sync: ChartSync): void {
  sync.setState({ cursor: null, held: null })
}

/** Shows a window of the horizontal axis; null shows all. */
export function zoomTo(sync: ChartSync, zoom: ChartSyncState['zoom']): void {
  sync.setState({ zoom })
}
