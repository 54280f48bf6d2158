import { useMemo } from 'react'

import { chartProps } from '#domain/chart-props.ts'
import { GroupChart } from '#domain/group-chart.tsx'
import { MetricChart } from '#domain/metric-chart.tsx'

import { drawnGroups, type Compared } from './compared.ts'
import type { CompareView } from './use-compare-view.ts'

interface OverlayChartProps {
  metric: string
  view: CompareView
  compared: Compared
}

/** One metric of all runs, or of their groups with a band each. */
export function OverlayChart({ metric, view, compared }: OverlayChartProps) {
  const { charts, grouping, band } = view
  const { comparison, looks, baseline } = compared
  const growing = comparison.runs.some(({ status }) => status === 'running')
  const groups = useMemo(() => grouping && drawnGroups(comparison, grouping), [comparison, grouping])
  const counts = comparison.metrics.find(({ key }) => key === metric)?.count
  const lines = useMemo(
    () =>
      comparison.runs.flatMap(({ id, name }, at) => {
        const look = looks.get(id)
        return look && (counts === undefined || (counts[at] ?? 0) > 0)
          ? [{ id, run: id, key: metric, label: name, look, emphasis: at === baseline && comparison.runs.length > 20 }]
          : []
      }),
    [comparison, looks, counts, metric, baseline],
  )
  if (groups)
    return <GroupChart metric={metric} groups={groups.groups} band={band} charts={charts} growing={growing} notes={groups.notes} />
  return (
    <MetricChart
      {...chartProps(charts, metric)}
      lines={lines}
      growing={growing}
      labels={lines.length <= 6 ? 'auto' : 'none'}
      {...(lines.length < comparison.runs.length && { ofRuns: comparison.runs.length })}
    />
  )
}
