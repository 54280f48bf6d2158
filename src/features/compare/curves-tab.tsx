import { ChartLine } from 'lucide-react'
import { useMemo } from 'react'

import { ChartsTools } from '#domain/charts-tools.tsx'
import { formatCount, formatPlural } from '#lib/format.ts'
import { printList } from '#lib/text-list.ts'
import { Button } from '#ui/button.tsx'
import { NearGrid } from '#ui/near-grid.tsx'
import { Popover } from '#ui/popover.tsx'
import { Empty } from '#ui/states.tsx'

import type { Compared } from './compared.ts'
import { KeyChecks } from './key-checks.tsx'
import { OverlayChart } from './overlay-chart.tsx'
import type { CompareView } from './use-compare-view.ts'

import styles from './curves-tab.module.css'
import parts from './popover-parts.module.css'

/** Metrics that have a chart while nobody chose. */
const chartsAtFirst = 12
const mostCharts = 100
/** Height of a card with its head and frame, in px. */
const cardHeight = 216

/** Metrics of all runs in one chart each; which ones stands in the address. */
export function CurvesTab({ view, compared }: { view: CompareView; compared: Compared }) {
  const { metrics, comparison } = compared
  const chosen = view.metrics ?? metrics.slice(0, chartsAtFirst)
  const projects = useMemo(() => new Set(comparison.runs.map(({ project }) => project.id)), [comparison.runs])
  const own = useMemo(() => ({ metrics, params: [] }), [metrics])
  const [project = ''] = projects
  if (metrics.length === 0) return <Empty>None of these runs logged a metric.</Empty>
  return (
    <div className={styles['tab']}>
      <div className={styles['bar']}>
        <h2>Curves</h2>
        <span className={styles['count']}>
          {formatCount(chosen.length)} of {formatPlural(metrics.length, 'metric')}
        </span>
        <Popover
          label="Metrics"
          align="end"
          trigger={
            <Button>
              <ChartLine /> Metrics
            </Button>
          }
        >
          <div className={parts['editor']}>
            <KeyChecks
              legend="Metrics that have a chart"
              noun="metric"
              keys={metrics}
              chosen={chosen}
              most={mostCharts}
              onChange={next => view.change({ metrics: printList(next) })}
            />
          </div>
        </Popover>
        <ChartsTools charts={view.charts} keys={{ project, own }} />
      </div>
      <div className={styles['charts']}>
        <NearGrid items={chosen} keyOf={metric => metric} height={cardHeight} minWidth={400} gap={12}>
          {metric => (
            <div className={styles['card']}>
              <OverlayChart metric={metric} view={view} compared={compared} />
            </div>
          )}
        </NearGrid>
      </div>
    </div>
  )
}
