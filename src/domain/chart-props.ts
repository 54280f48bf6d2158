import type { ChartSwitches } from '#charts/draw/chart-card.tsx'

import type { ChartsView } from './use-charts-view.ts'

/** What the chart of a title takes from the view that its page shares: axis, smoothing, what is switched, cursor and zoom. */
export function chartProps(view: ChartsView, title: string) {
  const { x, xKey, smoothing, sync } = view
  return {
    title,
    x,
    xKey,
    smoothing,
    sync,
    switches: view.switchesOf(title),
    onSwitch: (change: Partial<ChartSwitches>) => view.setSwitches(title, change),
  }
}
