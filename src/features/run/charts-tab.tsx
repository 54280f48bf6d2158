import { ChevronDown, ChevronRight } from 'lucide-react'
import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { ChartsTools } from '#domain/charts-tools.tsx'
import type { KeySource } from '#domain/metric-keys.ts'
import type { ChartsView } from '#domain/use-charts-view.ts'
import { formatCount } from '#lib/format.ts'
import { NearGrid } from '#ui/near-grid.tsx'
import { NearView } from '#ui/near-view.tsx'

import { chartGroups, splitSingles, type ChartGroup, type ChartSpec } from './chart-groups.ts'
import { RunChart } from './run-chart.tsx'
import { SearchedSections, SearchedTab } from './searched-tab.tsx'
import { SingleValues } from './single-values.tsx'
import { splitLook } from './split-look.ts'
import { TabNote } from './tab-note.tsx'
import { useRunCharts } from './use-run-charts.ts'
import { useSearch } from './use-search.ts'

import styles from './charts-tab.module.css'

const ExpressionChart = lazy(async () => ({ default: (await import('#domain/expression-chart.tsx')).ExpressionChart }))

/** Height of a card with its head and frame, in px. */
const cardHeight = 214

/** Every metric of a run as a chart, grouped by prefix, found by words or an expression. */
export function ChartsTab({ run }: { run: RunDetail }) {
  const view = useRunCharts()
  const search = useSearch()
  const { matches } = search
  const all = useMemo(() => chartGroups(run.metrics.map(({ key }) => key)), [run.metrics])
  const found = useMemo(
    () => groupsWith(all, ({ title, lines }) => matches(title) || lines.some(({ key }) => matches(key))),
    [all, matches],
  )
  const { drawn, singles } = useMemo(() => splitSingles(found, loggedOnce(run)), [found, run])
  const keys = useMemo(() => keysOf(run), [run])
  const expressions = useMemo(() => view.expressions.filter(matches), [view.expressions, matches])
  if (run.metrics.length === 0) return <TabNote>This run logged no metrics.</TabNote>
  const shown = countOf(found) + expressions.length
  const count = countOf(all) + view.expressions.length
  return (
    <SearchedTab name="chart" search={search} found={shown} total={count} tools={<ChartsTools charts={view} keys={keys} />}>
      <SearchedSections>
        {expressions.length > 0 && <Expressions run={run} expressions={expressions} keys={keys} view={view} />}
        {drawn.map(group => (
          <Group
            key={group.name}
            run={run}
            group={group}
            view={view}
            alone={drawn.length === 1 && singles.length === 0 && expressions.length === 0}
          />
        ))}
        {singles.length > 0 && (
          <Section name="Logged once" count={singles.length}>
            <SingleValues run={run} keys={singles} />
          </Section>
        )}
      </SearchedSections>
    </SearchedTab>
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
  return (
    <Section name={name === '' ? 'Metrics' : name} isKey={name !== ''} count={charts.length} alone={alone && name === ''}>
      <NearGrid items={charts} keyOf={chart => chart.title} height={cardHeight} minWidth={360} gap={12}>
        {chart => <RunChart run={run} chart={chart} view={view} />}
      </NearGrid>
    </Section>
  )
}

interface ExpressionsProps {
  run: RunDetail
  expressions: readonly string[]
  keys: KeySource
  view: ChartsView
}

/** What was made of the metrics of the run, by expressions that stand in the address. */
function Expressions({ run: { id, status }, expressions, keys, view }: ExpressionsProps) {
  const all = useMemo(
    () =>
      expressions.map(key => {
        const line = { id: key, run: id, key, expression: true as const, label: key, look: splitLook(id, '', true) }
        return { key, lines: [line] }
      }),
    [expressions, id],
  )
  return (
    <Section name="Expressions" count={expressions.length}>
      <div className={styles['grid']}>
        {all.map(({ key, lines }, index) => (
          // An expression that is edited stays the same chart.
          // oxlint-disable-next-line react/no-array-index-key
          <NearView key={index} height={cardHeight}>
            <Suspense fallback={<div className={styles['room']} />}>
              <ExpressionChart
                expression={key}
                lines={lines}
                charts={view}
                keys={keys}
                growing={status === 'running'}
                labels="none"
                framed
              />
            </Suspense>
          </NearView>
        ))}
      </div>
    </Section>
  )
}

interface SectionProps {
  name: string
  /** The name is the beginning of keys. */
  isKey?: boolean
  count: number
  alone?: boolean
  children: ReactNode
}

function Section({ name, isKey = false, count, alone = false, children }: SectionProps) {
  const [open, setOpen] = useState(true)
  return (
    <section className={styles['group']} aria-label={name}>
      {alone ? (
        <h2 className="visually-hidden">{name}</h2>
      ) : (
        <h2 className={styles['head']}>
          <button type="button" className={styles['toggle']} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <ChevronDown /> : <ChevronRight />}
            {isKey ? <code>{name}</code> : name}
            <span className={styles['count']}>{formatCount(count)}</span>
          </button>
        </h2>
      )}
      {open && children}
    </section>
  )
}

/** What expressions over a run may name. */
function keysOf({ project, metrics, params }: RunDetail): KeySource {
  const isNumber = ({ value }: RunDetail['params'][number]) => value.trim() !== '' && !Number.isNaN(Number(value))
  return { project: project.id, own: { metrics: metrics.map(({ key }) => key), params: params.filter(isNumber).map(({ key }) => key) } }
}

/** Metrics with one point; none of a run that still logs, of which the next point may come at any moment. */
function loggedOnce({ status, metrics }: RunDetail): ReadonlySet<string> {
  return new Set(status === 'running' ? [] : metrics.flatMap(({ key, count }) => (count === 1 ? [key] : [])))
}
