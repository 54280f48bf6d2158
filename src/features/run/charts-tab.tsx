import { ChevronDown, ChevronRight } from 'lucide-react'
import { useMemo, useState } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { ChartsTools } from '#domain/charts-tools.tsx'
import type { ChartsView } from '#domain/use-charts-view.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { textSearch } from '#lib/text-search.ts'
import { Button } from '#ui/button.tsx'
import { NearView } from '#ui/near-view.tsx'

import { chartGroups, type ChartGroup, type ChartSpec } from './chart-groups.ts'
import { RunChart } from './run-chart.tsx'
import { TabNote } from './tab-note.tsx'
import { TableBar } from './table-bar.tsx'
import { useRunCharts } from './use-run-charts.ts'
import { useTableSearch } from './use-table-search.ts'

import styles from './charts-tab.module.css'

/** Height of a card with its head and frame, in px. */
const cardHeight = 214

/** Every metric of a run as a chart, grouped by prefix, found by words or an expression. */
export function ChartsTab({ run }: { run: RunDetail }) {
  const view = useRunCharts()
  const [search, setSearch] = useTableSearch()
  const { matches, error } = useMemo(() => textSearch(search), [search])
  const all = useMemo(() => chartGroups(run.metrics.map(({ key }) => key)), [run.metrics])
  const found = useMemo(
    () => groupsWith(all, ({ title, lines }) => matches(title) || lines.some(({ key }) => matches(key))),
    [all, matches],
  )
  if (run.metrics.length === 0) return <TabNote>This run logged no metrics.</TabNote>
  const total = formatPlural(countOf(all), 'chart')
  return (
    <div className={styles['tab']}>
      <TableBar
        label="Find a chart"
        search={search}
        onSearch={setSearch}
        error={error}
        count={countOf(found) === countOf(all) ? total : `${formatCount(countOf(found))} of ${total}`}
      >
        <ChartsTools charts={view} />
      </TableBar>
      {found.length === 0 ? (
        <TabNote
          action={
            <Button look="outline" onClick={() => setSearch('')}>
              Clear search
            </Button>
          }
        >
          No chart matches this search.
        </TabNote>
      ) : (
        <div className={styles['groups']}>
          {found.map(group => (
            <Group key={group.name} run={run} group={group} view={view} alone={found.length === 1} />
          ))}
        </div>
      )}
    </div>
  )
}

function groupsWith(groups: readonly ChartGroup[], wanted: (chart: ChartSpec) => boolean): ChartGroup[] {
  return groups.map(({ name, charts }) => ({ name, charts: charts.filter(wanted) })).filter(({ charts }) => charts.length > 0)
}

function countOf(groups: readonly ChartGroup[]): number {
  return groups.reduce((sum, { charts }) => sum + charts.length, 0)
}

interface GroupProps {
  run: RunDetail
  group: ChartGroup
  view: ChartsView
  /** No other group is there: it needs no name. */
  alone: boolean
}

function Group({ run, group: { name, charts }, view, alone }: GroupProps) {
  const [open, setOpen] = useState(true)
  const title = name === '' ? 'Metrics' : name
  return (
    <section className={styles['group']} aria-label={title}>
      {alone && name === '' ? (
        <h2 className={styles['said']}>{title}</h2>
      ) : (
        <h2 className={styles['head']}>
          <button type="button" className={styles['toggle']} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <ChevronDown /> : <ChevronRight />}
            {name === '' ? title : <code>{title}</code>}
            <span className={styles['count']}>{formatCount(charts.length)}</span>
          </button>
        </h2>
      )}
      {open && (
        <div className={styles['grid']}>
          {charts.map(chart => (
            <NearView key={chart.title} height={cardHeight}>
              <RunChart run={run} chart={chart} view={view} />
            </NearView>
          ))}
        </div>
      )}
    </section>
  )
}
