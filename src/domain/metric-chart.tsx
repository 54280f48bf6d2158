import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useStore } from 'zustand'

import { ChartCard, type ChartCardState, type ChartSwitches } from '#charts/draw/chart-card.tsx'
import type { ChartSync } from '#charts/draw/chart-sync.ts'
import type { LineLook } from '#charts/prepare/color-rule.ts'
import type { LineInput, XKind } from '#charts/prepare/line-input.ts'
import { ApiError } from '#contract/api-error.ts'
import type { SeriesFault, SeriesRef, SeriesWindow } from '#contract/series-window.ts'
import { seriesQuery } from '#data/series.ts'

import { derivationOf, type Smoothing } from './smoothing-text.ts'

/** A line of a chart: one metric of one run, and how it looks. */
export interface MetricLine {
  id: string
  run: string
  /** Of the metric, or the text of an expression over metrics. */
  key: string
  expression?: true
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
  /** The metric on the horizontal axis, where it is one. */
  xKey?: string | null
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
  /** Further acts at the end of the menu. */
  menu?: ReactNode
}

/** Pixels that every chart asks for, however wide it is: of one answer for all, and enough for a card. */
export const askedWidth = 640

/** A chart of metrics that fetches what it draws: what fits its width, and finer points of the window that `sync` is zoomed to. */
export function MetricChart({
  title,
  lines,
  x,
  xKey = null,
  smoothing,
  switches,
  onSwitch,
  sync,
  growing,
  ofRuns,
  labels = 'auto',
  height,
  framed,
  menu,
}: MetricChartProps) {
  const zoom = useStore(sync, state => state.zoom)
  const ask = useMemo(
    () => ({ x, ...(xKey !== null && { xKey }), from: zoom?.[0] ?? null, to: zoom?.[1] ?? null, width: askedWidth }),
    [x, xKey, zoom],
  )
  const series = useMemo(() => lines.map(({ run, key, expression }) => ({ run, key, ...(expression && { expression }) })), [lines])
  const { data: logged, error, refetch, isPlaceholderData } = useQuery(seriesQuery(series, ask, growing))
  const [first] = lines
  const derive = useMemo(() => {
    // Nobody knows which way an expression is better.
    if (!smoothing || !first || (first.expression && smoothing.kind === 'best')) return null
    return derivationOf(smoothing, first.key)
  }, [smoothing, first])
  const derived = useQuery({
    ...seriesQuery(series, { ...ask, ...(derive && { derive }) }, growing),
    enabled: derive !== null,
  })
  const smooth = derive ? derived.data : undefined
  const data = smooth ?? logged
  const { inputs, fault, lacking } = useMemo(
    () => lineInputs(lines, data ?? [], smooth && logged ? logged : []),
    [lines, data, smooth, logged],
  )
  const { xLog, yLog, clipOutliers } = switches
  const options = useMemo(
    () => ({
      x,
      ...(xKey !== null && { xKey }),
      xLog,
      yLog,
      clipOutliers,
      labels,
      ...(ofRuns !== undefined && { ofRuns }),
      ...(derive && { notes: [derive.kind === 'best' ? 'best so far' : 'smoothed'] }),
    }),
    [x, xKey, xLog, yLog, clipOutliers, labels, ofRuns, derive],
  )
  // What was drawn before stays where the next answer fails: the page says that it is not connected.
  const failure = data ? (inputs.length === 0 ? fault : null) : error
  const state: ChartCardState = failure
    ? { kind: 'failed', error: failure, onRetry: () => void refetch() }
    : // What was drawn before stays while a window is asked for, but is no answer to the question for other series.
      { kind: data && !(isPlaceholderData && inputs.length === 0) ? 'ready' : 'loading' }
  return (
    <ChartCard
      title={title}
      lines={inputs}
      options={options}
      sync={sync}
      state={state}
      onSwitch={onSwitch}
      empty={lacking ?? 'None of these runs logged this metric.'}
      {...(height !== undefined && { height })}
      {...(framed !== undefined && { framed })}
      {...(menu !== undefined && { menu })}
    />
  )
}

type Answers = readonly (SeriesWindow | SeriesFault)[]

function refOf({ run, key, expression }: SeriesRef): string {
  return JSON.stringify([run, key, expression === true])
}

interface Inputs {
  inputs: LineInput[]
  fault: ApiError | null
  /** What the one run that was asked for lacks, in a sentence. */
  lacking: string | null
}

/** Lines of what was answered; `logged` goes behind them where they are smoothed. */
function lineInputs(lines: readonly MetricLine[], answers: Answers, logged: Answers): Inputs {
  const windows = new Map<string, SeriesWindow>()
  let fault: ApiError | null = null
  let missing: ApiError | null = null
  for (const answer of answers) {
    // A run without the metric has no line, which is no fault.
    if (!('error' in answer)) windows.set(refOf(answer), answer)
    else if (answer.error.error.kind === 'not_found') missing ??= ApiError.fromBody(answer.error)
    else fault = ApiError.fromBody(answer.error)
  }
  const under = new Map(logged.flatMap(answer => ('error' in answer ? [] : [[refOf(answer), answer] as const])))
  const inputs = lines.flatMap((line): LineInput[] => {
    const { id, label, look, emphasis = false, params } = line
    const window = windows.get(refOf(line))
    const behind = under.get(refOf(line))
    return window ? [{ id, label, ...look, emphasis, window, ...(behind && { behind }), ...(params && { params }) }] : []
  })
  return { inputs, fault, lacking: missing && lackingText(missing, new Set(lines.map(({ run }) => run)).size) }
}

function lackingText({ message, detail }: ApiError, runs: number): string {
  const near = detail.nearest === undefined ? '' : ` Did you mean ${detail.nearest}?`
  return runs > 1 ? `None of these runs has all that this chart needs. ${message}${near}` : message + near
}
