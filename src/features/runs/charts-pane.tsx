import { Layers, X } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'

import type { LineLook } from '#charts/prepare/color-rule.ts'
import type { BandKind } from '#contract/band.ts'
import { chartProps } from '#domain/chart-props.ts'
import { ChartsTools } from '#domain/charts-tools.tsx'
import { GroupChart } from '#domain/group-chart.tsx'
import { MetricChart } from '#domain/metric-chart.tsx'
import type { ChartsView } from '#domain/use-charts-view.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { NearView } from '#ui/near-view.tsx'
import { Popover } from '#ui/popover.tsx'
import { Empty } from '#ui/states.tsx'

import type { ShownColumn } from './shown-columns.ts'
import type { ChartedGroups } from './use-charted-groups.ts'
import type { ChartedRuns } from './use-charted-runs.ts'

import styles from './charts-pane.module.css'

const GroupEditor = lazy(async () => ({ default: (await import('./group-editor.tsx')).GroupEditor }))
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
  /** Null while runs are drawn one by one, undefined until the groups are known. */
  grouped: ChartedGroups | null | undefined
  grouping: Grouping
  onClose: () => void
}

/** By what runs are grouped, and the way to change it. */
interface Grouping {
  project: string
  group: readonly string[]
  band: BandKind
  onChange: (next: { group?: string; band?: string }) => void
}

/** A chart of each metric that is a column of the table, with the runs in sight or selected, in the colours of the table's swatches. */
export function ChartsPane({ project, columns, charted, looks, charts, grouped, grouping, onClose }: ChartsPaneProps) {
  const keys = useMemo(() => [...new Set(columns.flatMap(({ operand }) => (operand.kind === 'metric' ? [operand.key] : [])))], [columns])
  const [most, setMost] = useState(chartsAtFirst)
  const growing = charted.runs.some(({ status }) => status === 'running')
  return (
    <aside className={styles['pane']} aria-label="Charts">
      <div className={styles['head']}>
        <h2>Charts</h2>
        <span className={styles['count']}>{grouped === null ? runsText(charted) : groupsText(grouped)}</span>
        <Popover
          label="Group"
          align="end"
          trigger={
            <IconButton
              size="small"
              label={grouping.group.length === 0 ? 'Group runs' : `Grouped by ${grouping.group.join(', ')}`}
              icon={<Layers />}
              className={grouping.group.length > 0 ? styles['on'] : undefined}
            />
          }
        >
          <GroupEditor {...grouping} />
        </Popover>
        <ChartsTools charts={charts} keys={{ project }} small />
        <IconButton label="Close charts" size="small" icon={<X />} onClick={onClose} />
      </div>
      <div className={styles['charts']}>
        {charts.expressions.length > 0 && <Expressions project={project} charted={charted} looks={looks} charts={charts} />}
        {keys.slice(0, most).map(key => (
          <NearView key={key} height={chartHeight}>
            {grouped === null ? (
              <PaneChart metric={key} charted={charted} looks={looks} charts={charts} />
            ) : (
              grouped && (
                <GroupChart
                  metric={key}
                  groups={grouped.groups}
                  band={grouping.band}
                  charts={charts}
                  growing={growing}
                  notes={grouped.notes}
                />
              )
            )}
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

function runsText({ runs, total }: ChartedRuns): string {
  return runs.length < total ? `${formatCount(runs.length)} of ${formatPlural(total, 'run')}` : formatPlural(total, 'run')
}

function groupsText(grouped: ChartedGroups | undefined): string {
  return grouped ? `${formatPlural(grouped.distinct, 'group')} of ${formatPlural(grouped.total, 'run')}` : ''
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
      {...chartProps(charts, metric)}
      lines={lines}
      growing={runs.some(({ status }) => status === 'running')}
      labels="none"
      {...(runs.length < total && { ofRuns: total })}
    />
  )
}
