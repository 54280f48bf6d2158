import { useEffect, useEffectEvent, useId, useMemo, useState } from 'react'

import type { ChartSwitches } from '#charts/draw/chart-card.tsx'
import { createChartSync, zoomTo, type ChartSync } from '#charts/draw/chart-sync.ts'
import type { XKind } from '#charts/prepare/line-input.ts'

import type { ChartsSearch } from './charts-search.ts'
import { parseSmoothing, printSmoothing, type Smoothing } from './smoothing-text.ts'

/** Axes that every run has. */
export const xKinds: readonly { value: Exclude<XKind, 'metric'>; text: string }[] = [
  { value: 'step', text: 'Step' },
  { value: 'relative', text: 'Relative time' },
  { value: 'time', text: 'Wall time' },
]

/** Names of what a chart can switch, in the address; each holds the titles of the charts on which it is on, but clipping, which is on unless it is switched off. */
const switchNames = { xLog: 'xlog', yLog: 'ylog', clipOutliers: 'noclip' } as const

/** What stands in the address before the key of a metric that is the horizontal axis. */
const metricPrefix = 'metric:'
/** Expressions that an address may hold: each is a chart. */
const mostExpressions = 20

/** The horizontal axis, and the metric that it shows where it is one. */
export interface XAxis {
  x: XKind
  xKey: string | null
}

/** `time`, `metric:lr`, as the axis stands in the address; steps for anything else. */
export function parseAxis(text: string | undefined): XAxis {
  const key = text?.startsWith(metricPrefix) ? text.slice(metricPrefix.length) : ''
  if (key !== '') return { x: 'metric', xKey: key }
  return { x: xKinds.find(({ value }) => value === text)?.value ?? 'step', xKey: null }
}

function printAxis({ x, xKey }: XAxis): string {
  if (x === 'metric') return metricPrefix + (xKey ?? '')
  return x === 'step' ? '' : x
}

function titlesOf(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(',').map(decodeTitle)
}

/** Expressions with a comma between them, which is escaped in them: what else an address escapes it escapes anyway. */
function printExpressions(expressions: readonly string[]): string {
  return [...new Set(expressions)].map(text => text.replaceAll(/[%,]/g, encodeURIComponent)).join(',')
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

/** What charts with one horizontal axis share: a cursor or window of another axis means nothing on it. */
function useSyncOf(axis: string, zoom: string): ChartSync {
  const [made, setMade] = useState(() => ({ axis, sync: createChartSync(parseZoom(zoom)) }))
  if (made.axis === axis) return made.sync
  const next = { axis, sync: createChartSync(parseZoom(zoom)) }
  setMade(next)
  return next.sync
}

/** How the charts of a page are shown, from its address, where all of it stands, so that a link shows the same; `change` replaces parts of that. */
export function useChartsView(search: ChartsSearch, change: (next: ChartsSearch) => void) {
  const { x, xKey } = useMemo(() => parseAxis(search.x), [search.x])
  const { zoom = '' } = search
  const sync = useSyncOf(printAxis({ x, xKey }), zoom)
  const expressions = useMemo(() => [...new Set(titlesOf(search.expr))].slice(0, mostExpressions), [search.expr])
  const adder = useId()
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
  return useMemo(() => {
    const setExpressions = (next: readonly string[]) => change({ expr: printExpressions(next) })
    return {
      x,
      xKey,
      sync,
      smoothing,
      setSmoothing: (next: Smoothing | null) => change({ smooth: printSmoothing(next) }),
      setX: (next: XAxis) => change({ x: printAxis(next), zoom: '' }),
      /** Expressions that have a chart, in their order. */
      expressions,
      /** Puts an expression in the place of another one, or behind all where that is not there. */
      setExpression: (before: string | null, next: string) =>
        setExpressions(
          before !== null && expressions.includes(before)
            ? expressions.map(text => (text === before ? next : text))
            : [...expressions, next],
        ),
      removeExpression: (text: string) => setExpressions(expressions.filter(other => other !== text)),
      isFull: expressions.length >= mostExpressions,
      /** Id of the button that adds a chart, which gets the focus of a chart that is taken away. */
      adder,
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
    }
  }, [x, xKey, sync, smoothing, expressions, adder, search, change])
}

export type ChartsView = ReturnType<typeof useChartsView>
