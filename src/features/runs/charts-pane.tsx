import { X } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'

import type { LineLook } from '#charts/prepare/color-rule.ts'
import { ChartsTools } from '#domain/charts-tools.tsx'
import { MetricChart } from '#domain/metric-chart.tsx'
import type { ChartsView } from '#domain/use-charts-view.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { NearView } from '#ui/near-view.tsx'
import { Empty } from '#ui/states.tsx'

import type { ShownColumn } from './shown-columns.ts'
import type { ChartedRuns } from './use-charted-runs.ts'

import styles from './charts-pane.module.css'

const ExpressionChart = lazy(async () => ({ default: (await import('#domain/expression-chart.tsx')).ExpressionChart }))

/** Height of a chart with its head, in px. */
const chartHeight = 216
const chartsAtFirst = 12

interface ChartsPaneProps {
  project: string
  columns: readonly ShownColumn[]
  charted: ChartedRuns
  looks: ReadonlyMap<string, LineLook>
  charts: ChartsView
  onClose: () => void
}

/** A chart of each metric that is a column of the table, with the runs in sight or selected, in the colours of the table's swatches. */
export function ChartsPane({ project, columns, charted, looks, charts, onClose }: ChartsPaneProps) {
  const keys = useMemo(() => [...new Set(columns.flatMap(({ operand }) => (operand.kind === 'metric' ? [operand.key] : [])))], [columns])
  const [most, setMost] = useState(chartsAtFirst)
  const { runs, total } = charted
  return (
    <aside className={styles['pane']} aria-label="Charts">
      <div className={styles['head']}>
        <h2>Charts</h2>
        <span className={styles['count']}>
          {runs.length < total ? `${formatCount(runs.length)} of ${formatPlural(total, 'run')}` : formatPlural(total, 'run')}
        </span>
        <ChartsTools charts={charts} keys={{ project }} small />
        <IconButton label="Close charts" size="small" icon={<X />} onClick={onClose} />
      </div>
      <div className={styles['charts']}>
        {charts.expressions.length > 0 && <Expressions project={project} charted={charted} looks={looks} charts={charts} />}
        {keys.slice(0, most).map(key => (
          <NearView key={key} height={chartHeight}>
            <PaneChart metric={key} charted={charted} looks={looks} charts={charts} />
          </NearView>
        ))}
        {keys.length > most && (
          <Button onClick={() => setMost(most + chartsAtFirst)}>{formatPlural(keys.length - most, 'more chart')}</Button>
        )}
        {keys.length === 0 && <Empty>A metric that is a column of the table has its chart here.</Empty>}
      </div>
    </aside>
  )
}

type ExpressionsProps = Pick<ChartsPaneProps, 'project' | 'charted' | 'looks' | 'charts'>

/** What was made of the metrics of each run, by expressions that stand in the address. */
function Expressions({ project, charted: { runs, total }, looks, charts }: ExpressionsProps) {
  const all = useMemo(
    () =>
      charts.expressions.map(key => {
        const lines = runs.flatMap(({ id, name, params }) => {
          const look = looks.get(id)
          return look ? [{ id, run: id, key, expression: true as const, label: name, look, params }] : []
        })
        return { key, lines }
      }),
    [charts.expressions, runs, looks],
  )
  const keys = useMemo(() => ({ project }), [project])
  return (
    <section className={styles['group']} aria-label="Expressions">
      <h3 className={styles['groupHead']}>Expressions</h3>
      {all.map(({ key, lines }, index) => (
        // An expression that is edited stays the same chart.
        // oxlint-disable-next-line react/no-array-index-key
        <NearView key={index} height={chartHeight}>
          <Suspense>
            <ExpressionChart
              expression={key}
              lines={lines}
              charts={charts}
              keys={keys}
              growing={runs.some(({ status }) => status === 'running')}
              labels="none"
              {...(runs.length < total && { ofRuns: total })}
            />
          </Suspense>
        </NearView>
      ))}
    </section>
  )
}

interface PaneChartProps {
  metric: string
  charted: ChartedRuns
  looks: ReadonlyMap<string, LineLook>
  charts: ChartsView
}

function PaneChart({ metric, charted: { runs, total }, looks, charts }: PaneChartProps) {
  const lines = useMemo(
    () =>
      runs.flatMap(({ id, name, params }) => {
        const look = looks.get(id)
        return look ? [{ id, run: id, key: metric, label: name, look, params }] : []
      }),
    [runs, looks, metric],
  )
  return (
    <MetricChart
      title={metric}
      lines={lines}
      x={charts.x}
      xKey={charts.xKey}
      smoothing={charts.smoothing}
      switches={charts.switchesOf(metric)}
      onSwitch={change => charts.setSwitches(metric, change)}
      sync={charts.sync}
      growing={runs.some(({ status }) => status === 'running')}
      labels="none"
      {...(runs.length < total && { ofRuns: total })}
    />
  )
}
