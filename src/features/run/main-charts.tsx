import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { projectsQuery } from '#data/projects.ts'
import { formatCount } from '#lib/format.ts'

import { chartGroups, type ChartSpec } from './chart-groups.ts'
import { numberCards } from './number-cards.ts'
import { RunChart } from './run-chart.tsx'
import { useRunCharts } from './use-run-charts.ts'

import styles from './main-charts.module.css'
import overview from './overview.module.css'

/** The charts of the numbers that a run page begins with, which have more than a point to draw. */
export function MainCharts({ run }: { run: RunDetail }) {
  const projects = useQuery(projectsQuery(false))
  const view = useRunCharts()
  const all = useMemo(() => chartGroups(run.metrics.map(({ key }) => key)).flatMap(({ charts }) => charts), [run.metrics])
  const primary = projects.data?.find(project => project.id === run.project.id)?.primaryMetric ?? null
  const shown = useMemo(() => mainCharts(run, primary, all), [run, primary, all])
  if (shown.length === 0) return null
  return (
    <section className={overview['section']}>
      <div className={overview['sectionHead']}>
        <h2>Charts</h2>
        <span className={overview['aside']}>
          {formatCount(shown.length)} of {formatCount(all.length)}
        </span>
        <Link to="/runs/$run" params={{ run: run.id }} search={{ tab: 'charts' }} className={overview['sectionAction']}>
          All charts
        </Link>
      </div>
      <div className={styles['grid']}>
        {shown.map(chart =>
          // Which metric comes first is the project's word: until it is known, the charts have their room and nothing in it.
          projects.isPending ? (
            <div key={chart.title} className={styles['room']} />
          ) : (
            <RunChart key={chart.title} run={run} chart={chart} view={view} />
          ),
        )}
      </div>
    </section>
  )
}

function mainCharts(run: RunDetail, primary: Parameters<typeof numberCards>[1], all: readonly ChartSpec[]): ChartSpec[] {
  const curves = new Set(run.metrics.flatMap(({ key, count }) => (count > 1 ? [key] : [])))
  const wanted = numberCards(
    run.metrics.filter(({ key }) => curves.has(key)),
    primary,
  ).map(({ metric }) => all.find(({ lines }) => lines.some(({ key }) => key === metric.key)))
  return [...new Set(wanted.filter(chart => chart !== undefined))]
}
