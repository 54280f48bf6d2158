import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

import type { ChartSwitches } from '#charts/draw/chart-card.tsx'
import { createChartSync, zoomTo } from '#charts/draw/chart-sync.ts'
import type { XKind } from '#charts/prepare/line-input.ts'

const route = getRouteApi('/runs/$run')

export const xKinds: readonly { value: XKind; text: string }[] = [
  { value: 'step', text: 'Step' },
  { value: 'relative', text: 'Relative time' },
  { value: 'time', text: 'Wall time' },
]

/** Names of what a chart can switch, in the address; each holds the titles of the charts on which it is on. */
const switchNames = { xLog: 'xlog', yLog: 'ylog', clipOutliers: 'clip' } as const

function titlesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map(decodeTitle)
}

function decodeTitle(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `120..480`, as a window stands in the address. */
export function parseZoom(text: string | undefined): readonly [number, number] | null {
  const [from, to, ...rest] = (text ?? '').split('..').map(part => (part.trim() === '' ? Number.NaN : Number(part)))
  return from !== undefined && to !== undefined && rest.length === 0 && from < to ? [from, to] : null
}

/** How the charts of a run page are shown; all of it stands in the address, so that a link shows the same. */
export function useChartsView() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const x = xKinds.find(({ value }) => value === search.x)?.value ?? 'step'
  const [sync] = useState(() => createChartSync(parseZoom(search.zoom)))
  const { zoom = '' } = search

  // The address follows the charts, and the charts an address that changed for another reason, such as Back.
  useEffect(() => {
    const shown = sync.getState().zoom
    if ((shown?.join('..') ?? '') !== zoom) zoomTo(sync, parseZoom(zoom))
  }, [sync, zoom])
  useEffect(
    () =>
      sync.subscribe((state, before) => {
        if (state.zoom !== before.zoom)
          void navigate({ search: current => ({ ...current, zoom: state.zoom?.join('..') ?? '' }), replace: true })
      }),
    [sync, navigate],
  )

  return {
    x,
    sync,
    setX: (next: XKind) => void navigate({ search: current => ({ ...current, x: next === 'step' ? '' : next, zoom: '' }), replace: true }),
    switchesOf: (title: string): ChartSwitches => ({
      xLog: titlesOf(search.xlog).includes(title),
      yLog: titlesOf(search.ylog).includes(title),
      clipOutliers: titlesOf(search.clip).includes(title),
    }),
    setSwitches: (title: string, change: Partial<ChartSwitches>) =>
      void navigate({
        search: current => {
          const next = { ...current }
          for (const [name, on] of Object.entries(change) as [keyof ChartSwitches, boolean][]) {
            const others = titlesOf(current[switchNames[name]]).filter(other => other !== title)
            next[switchNames[name]] = (on ? [...others, title] : others).map(encodeURIComponent).join(',')
          }
          return next
        },
        replace: true,
      }),
  }
}

export type ChartsView = ReturnType<typeof useChartsView>
