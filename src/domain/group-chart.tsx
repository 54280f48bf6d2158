import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'

import { ChartCard, type ChartCardState } from '#charts/draw/chart-card.tsx'
import { createChartSync } from '#charts/draw/chart-sync.ts'
import type { LineLook } from '#charts/prepare/color-rule.ts'
import { xColumn } from '#charts/prepare/line-columns.ts'
import type { LineInput, XKind } from '#charts/prepare/line-input.ts'
import { ApiError } from '#contract/api-error.ts'
import type { BandKind } from '#contract/band.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { groupSeriesQuery } from '#data/groups.ts'

import { countText, groupNotes } from './group-notes.ts'
import { askedWidth } from './metric-chart.tsx'
import { derivationOf } from './smoothing-text.ts'
import type { ChartsView } from './use-charts-view.ts'

/** Runs that are drawn as one line. */
export interface ChartedGroup {
  id: string
  /** Their values of what they are grouped by. */
  label: string
  look: LineLook
  runs: readonly string[]
}

interface GroupChartProps {
  metric: string
  /** Keep the array while nothing in it changes. */
  groups: readonly ChartedGroup[]
  band: BandKind
  charts: ChartsView
  growing: boolean
  /** Said in the head: what is not drawn. */
  notes: readonly string[]
}

/** A chart of one metric with a line and a band for each group of runs. */
export function GroupChart({ metric, groups, band, charts, growing, notes }: GroupChartProps) {
  const { smoothing } = charts
  // Runs have no places in common on a metric: their groups stay on steps, with a cursor and a zoom of their own.
  const onMetric = charts.x === 'metric'
  const [own] = useState(() => createChartSync())
  const sync = onMetric ? own : charts.sync
  const x = charts.x === 'metric' ? 'step' : charts.x
  const zoom = useStore(sync, state => state.zoom)
  const derive = useMemo(() => (smoothing ? derivationOf(smoothing, metric) : null), [smoothing, metric])
  const ask = {
    groups: groups.map(({ id, runs }) => ({ id, runs: [...runs] })),
    x,
    band,
    from: zoom?.[0] ?? null,
    to: zoom?.[1] ?? null,
    width: askedWidth,
    ...(derive && { derive }),
  }
  const { data, error, refetch } = useQuery(groupSeriesQuery(metric, ask, growing))
  const { inputs, fault } = useMemo(() => linesOf(groups, data ?? [], x), [groups, data, x])
  const { xLog, yLog, clipOutliers } = charts.switchesOf(metric)
  const options = useMemo(
    () => ({
      x,
      xLog,
      yLog,
      clipOutliers,
      labels: 'auto' as const,
      notes: [
        ...groupNotes(inputs, band),
        ...(derive ? [derive.kind === 'best' ? 'best so far' : 'smoothed'] : []),
        ...(onMetric ? ['groups are joined on step'] : []),
        ...notes,
      ],
    }),
    [x, xLog, yLog, clipOutliers, inputs, band, derive, notes, onMetric],
  )
  const failure = data ? (inputs.length === 0 ? fault : null) : error
  const state: ChartCardState = failure
    ? { kind: 'failed', error: failure, onRetry: () => void refetch() }
    : { kind: data ? 'ready' : 'loading' }
  return (
    <ChartCard
      title={metric}
      lines={inputs}
      options={options}
      sync={sync}
      state={state}
      onSwitch={change => charts.setSwitches(metric, change)}
      empty="None of these runs logged this metric."
    />
  )
}

function linesOf(groups: readonly ChartedGroup[], answers: readonly (SeriesWindow | SeriesFault)[], x: XKind) {
  const known = new Map(answers.map(answer => [answer.run, answer]))
  let fault: ApiError | null = null
  const inputs = groups.flatMap(({ id, label, look }): LineInput[] => {
    const answer = known.get(id)
    if (!answer) return []
    if ('error' in answer) {
      // A group without the metric has no line, which is no fault.
      if (answer.error.error.kind !== 'not_found') fault = ApiError.fromBody(answer.error)
      return []
    }
    const params = answer.group ? ([['n', countText([answer.group]).replace(/^n /, '')]] as const) : []
    const band = answer.band && { x: xColumn(answer, x), ...answer.band }
    return [{ id, label, ...look, emphasis: false, window: answer, params, ...(band && { band }) }]
  })
  return { inputs, fault }
}
