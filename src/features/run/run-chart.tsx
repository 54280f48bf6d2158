import { useMemo } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { chartProps } from '#domain/chart-props.ts'
import { MetricChart } from '#domain/metric-chart.tsx'
import type { ChartsView } from '#domain/use-charts-view.ts'

import type { ChartSpec } from './chart-groups.ts'
import { splitLook } from './split-look.ts'

interface RunChartProps {
  run: Pick<RunDetail, 'id' | 'status'>
  chart: ChartSpec
  view: ChartsView
}

/** One chart of a run page. Of a run that still logs it is drawn anew as points come. */
export function RunChart({ run, chart, view }: RunChartProps) {
  const { id, status } = run
  const lines = useMemo(
    () => chart.lines.map(({ key, label }) => ({ id: key, run: id, key, label, look: splitLook(id, label, chart.lines.length === 1) })),
    [id, chart],
  )
  return (
    <MetricChart
      {...chartProps(view, chart.title)}
      lines={lines}
      growing={status === 'running'}
      labels={lines.length === 1 ? 'none' : 'auto'}
      framed
    />
  )
}
