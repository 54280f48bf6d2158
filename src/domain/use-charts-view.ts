import { useEffect, useEffectEvent, useMemo, useState } from 'react'

import type { ChartSwitches } from '#charts/draw/chart-card.tsx'
import { createChartSync, zoomTo } from '#charts/draw/chart-sync.ts'
import type { XKind } from '#charts/prepare/line-input.ts'

import type { ChartsSearch } from './charts-search.ts'
import { parseSmoothing, printSmoothing, type Smoothing } from './smoothing-text.ts'

export const xKinds: readonly { value: XKind; text: string }[] = [
  { value: 'step', text: 'Step' },
  { value: 'relative', text: 'Relative time' },
  { value: 'time', text: 'Wall time' },
]

/** Names of what a chart can switch, in the address; each holds the titles of the charts on which it is on, but clipping, which is on unless it is switched off. */
const switchNames = { xLog: 'xlog', yLog: 'ylog', clipOutliers: 'noclip' } as const

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

/** How the charts of a page are shown, from its address, where all of it stands, so that a link shows the same; `change` replaces parts of that. */
export function useChartsView(search: ChartsSearch, change: (next: ChartsSearch) => void) {
  const x = xKinds.find(({ value }) => value === search.x)?.value ?? 'step'
  const { zoom = '' } = search
  const [sync] = useState(() => createChartSync(parseZoom(zoom)))
  const follow = useEffectEvent((next: string) => change({ zoom: next }))

  // The address follows the charts, and the charts an address that changed for another reason, such as Back.
  useEffect(() => {
    const shown = sync.getState().zoom
    if ((shown?.join('..') ?? '') !== zoom) zoomTo(sync, parseZoom(zoom))
  }, [sync, zoom])
  useEffect(
    () =>
      sync.subscribe((state, before) => {
        if (state.zoom !== before.zoom) follow(state.zoom?.join('..') ?? '')
      }),
    [sync],
  )

  const smoothing = useMemo(() => parseSmoothing(search.smooth), [search.smooth])
  return useMemo(
    () => ({
      x,
      sync,
      smoothing,
      setSmoothing: (next: Smoothing | null) => change({ smooth: printSmoothing(next) }),
      setX: (next: XKind) => change({ x: next === 'step' ? '' : next, zoom: '' }),
      switchesOf: (title: string): ChartSwitches => ({
        xLog: titlesOf(search.xlog).includes(title),
        yLog: titlesOf(search.ylog).includes(title),
        clipOutliers: !titlesOf(search.noclip).includes(title),
      }),
      setSwitches: (title: string, switched: Partial<ChartSwitches>) => {
        const next: ChartsSearch = {}
        for (const [name, on] of Object.entries(switched) as [keyof ChartSwitches, boolean][]) {
          const others = titlesOf(search[switchNames[name]]).filter(other => other !== title)
          const isListed = on !== (name === 'clipOutliers')
          next[switchNames[name]] = (isListed ? [...others, title] : others).map(encodeURIComponent).join(',')
        }
        change(next)
      },
    }),
    [x, sync, smoothing, search, change],
  )
}

export type ChartsView = ReturnType<typeof useChartsView>
