import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStore } from 'zustand'

import { ChartCard, type ChartCardState, type ChartSwitches } from '#charts/draw/chart-card.tsx'
import type { ChartSync } from '#charts/draw/chart-sync.ts'
import type { LineLook } from '#charts/prepare/color-rule.ts'
import type { LineInput, XKind } from '#charts/prepare/line-input.ts'
import { ApiError } from '#contract/api-error.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { seriesQuery } from '#data/series.ts'

import { derivationOf, type Smoothing } from './smoothing-text.ts'

/** A line of a chart: one metric of one run, and how it looks. */
export interface MetricLine {
  id: string
  run: string
  key: string
  /** As labels, legend and tooltip name it. */
  label: string
  look: LineLook
  emphasis?: boolean
  params?: LineInput['params']
}

interface MetricChartProps {
  title: string
  /** Keep the array while nothing in it changes. */
  lines: readonly MetricLine[]
  x: XKind
  /** Lines are drawn smoothed, with what was logged behind them. */
  smoothing: Smoothing | null
  switches: ChartSwitches
  onSwitch: (change: Partial<ChartSwitches>) => void
  sync: ChartSync
  /** A run among them still logs. */
  growing: boolean
  /** Runs of the set that the lines were taken from, where not all are drawn. */
  ofRuns?: number
  labels?: 'auto' | 'none'
  height?: number
  framed?: boolean
}

/** Pixels that every chart asks for, however wide it is: of one answer for all, and enough for a card. */
export const askedWidth = 640

/** A chart of metrics that fetches what it draws: what fits its width, and finer points of the window that `sync` is zoomed to. */
export function MetricChart({
  title,
  lines,
  x,
  smoothing,
  switches,
  onSwitch,
  sync,
  growing,
  ofRuns,
  labels = 'auto',
  height,
  framed,
}: MetricChartProps) {
  const zoom = useStore(sync, state => state.zoom)
  const ask = useMemo(() => ({ x, from: zoom?.[0] ?? null, to: zoom?.[1] ?? null, width: askedWidth }), [x, zoom])
  const series = useMemo(() => lines.map(({ run, key }) => ({ run, key })), [lines])
  const { data: logged, error, refetch } = useQuery(seriesQuery(series, ask, growing))
  const [first] = lines
  const derive = useMemo(() => (smoothing && first ? derivationOf(smoothing, first.key) : null), [smoothing, first])
  const derived = useQuery({
    ...seriesQuery(series, { ...ask, ...(derive && { derive }) }, growing),
    enabled: derive !== null,
  })
  const smooth = derive ? derived.data : undefined
  const data = smooth ?? logged
  const { inputs, fault } = useMemo(() => lineInputs(lines, data ?? [], smooth && logged ? logged : []), [lines, data, smooth, logged])
  const { xLog, yLog, clipOutliers } = switches
  const options = useMemo(
    () => ({
      x,
      xLog,
      yLog,
      clipOutliers,
      labels,
      ...(ofRuns !== undefined && { ofRuns }),
      ...(derive && { notes: [derive.kind === 'best' ? 'best so far' : 'smoothed'] }),
    }),
    [x, xLog, yLog, clipOutliers, labels, ofRuns, derive],
  )
  // What was drawn before stays where the next answer fails: the page says that it is not connected.
  const failure = data ? (inputs.length === 0 ? fault : null) : error
  const state: ChartCardState = failure
    ? { kind: 'failed', error: failure, onRetry: () => void refetch() }
    : { kind: data ? 'ready' : 'loading' }
  return (
    <ChartCard
      title={title}
      lines={inputs}
      options={options}
      sync={sync}
      state={state}
      onSwitch={onSwitch}
      empty="None of these runs logged this metric."
      {...(height !== undefined && { height })}
      {...(framed !== undefined && { framed })}
    />
  )
}

type Answers = readonly (SeriesWindow | SeriesFault)[]

function refOf({ run, key }: { run: string; key: string }): string {
  return JSON.stringify([run, key])
}

/** Lines of what was answered; `logged` goes behind them where they are smoothed. */
function lineInputs(lines: readonly MetricLine[], answers: Answers, logged: Answers): { inputs: LineInput[]; fault: ApiError | null } {
  const windows = new Map<string, SeriesWindow>()
  let fault: ApiError | null = null
  for (const answer of answers) {
    // A run without the metric has no line, which is no fault.
    if ('error' in answer) fault = answer.error.error.kind === 'not_found' ? fault : ApiError.fromBody(answer.error)
    else windows.set(refOf(answer), answer)
  }
  const under = new Map(logged.flatMap(answer => ('error' in answer ? [] : [[refOf(answer), answer] as const])))
  const inputs = lines.flatMap(({ id, run, key, label, look, emphasis = false, params }): LineInput[] => {
    const window = windows.get(refOf({ run, key }))
    const behind = under.get(refOf({ run, key }))
    return window ? [{ id, label, ...look, emphasis, window, ...(behind && { behind }), ...(params && { params }) }] : []
  })
  return { inputs, fault }
}
