import { MenuChoice, MenuItem, MenuLine } from '#ui/menu-popup.tsx'

import { xKinds, type ChartsView } from './use-charts-view.ts'

/** What the horizontal axis may count: what every run has, or one of its metrics, which `onMetric` lets choose. */
export function XMenu({ charts: { x, xKey, setX }, onMetric }: { charts: ChartsView; onMetric: () => void }) {
  const metric = xKey === null ? [] : [{ value: 'metric' as const, text: xKey }]
  return (
    <>
      <MenuChoice
        label="Horizontal axis"
        value={x}
        options={[...xKinds, ...metric]}
        onChange={next => setX({ x: next, xKey: next === 'metric' ? xKey : null })}
      />
      <MenuLine />
      <MenuItem onSelect={onMetric}>Metric…</MenuItem>
    </>
  )
}
