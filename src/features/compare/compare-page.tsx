import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Link2 } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'

import type { Comparison } from '#contract/comparison.ts'
import { comparisonQuery } from '#data/comparison.ts'
import { projectsQuery } from '#data/projects.ts'
import { RunLooks } from '#domain/run-looks.tsx'
import { formatCount, formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { PageHeader } from '#ui/page-header.tsx'
import { Empty, Failed } from '#ui/states.tsx'
import { Tabs } from '#ui/tabs.tsx'

import { CompareFrame } from './compare-frame.tsx'
import { compareRows } from './compare-rows.ts'
import { comparedOf } from './compared.ts'
import { CurvesTab } from './curves-tab.tsx'
import { FactsPanel } from './facts-panel.tsx'
import { MissingRuns } from './missing-runs.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { RunChips } from './run-chips.tsx'
import { useCompareView, type CompareTab, type CompareView } from './use-compare-view.ts'
import { usePackages } from './use-packages.ts'

import styles from './compare-page.module.css'

const RelationsTab = lazy(async () => ({ default: (await import('./relations-tab.tsx')).RelationsTab }))

const tabItems: { value: CompareTab; text: string }[] = [
  { value: 'overview', text: 'Overview' },
  { value: 'params', text: 'Params' },
  { value: 'curves', text: 'Curves' },
  { value: 'relations', text: 'Relations' },
]

/** Runs side by side. The address holds the runs and the whole view. */
export function ComparePage() {
  const view = useCompareView()
  const { data, error, refetch, dataUpdatedAt } = useQuery({ ...comparisonQuery(view.runs), enabled: view.runs.length > 0 })
  const shown = view.runs.length > 0 ? data : undefined
  const project = shown?.runs[0]?.project
  const isOneProject = shown?.runs.every(run => run.project.id === project?.id)
  return (
    <>
      <title>{`${shown ? formatPlural(shown.runs.length, 'run') : 'Compare'} compared · Readout`}</title>
      <PageHeader
        breadcrumb={[
          ...(project && isOneProject
            ? [
                {
                  key: 'project',
                  node: (
                    <Link to="/projects/$project" params={{ project: project.id }}>
                      {project.name}
                    </Link>
                  ),
                },
              ]
            : []),
          { key: 'compare', node: <h1>Compare</h1> },
        ]}
        actions={
          <CopyButton icon={<Link2 />} text={() => window.location.href}>
            Copy link
          </CopyButton>
        }
      >
        {shown && shown.runs.length > 0 && (
          <>
            <span className={styles['count']}>{formatPlural(shown.runs.length, 'run')}</span>
            <Tabs<CompareTab>
              label="Parts of the comparison"
              items={tabItems}
              value={view.tab}
              onChange={tab => view.change({ tab: tab === 'overview' ? '' : tab })}
            />
          </>
        )}
      </PageHeader>
      {view.runs.length === 0 ? (
        <Empty action={<Link to="/">All runs</Link>}>No runs to compare: select some in the table of runs and press Compare.</Empty>
      ) : shown ? (
        <ComparedRuns view={view} comparison={shown} now={dataUpdatedAt} />
      ) : error ? (
        <Failed
          what="These runs cannot be compared."
          error={error}
          action={
            <Button look="outline" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        />
      ) : (
        <CompareFrame />
      )}
    </>
  )
}

interface ComparedRunsProps {
  view: CompareView
  comparison: Comparison
  /** When the comparison was fetched, in ms since the epoch. */
  now: number
}

function ComparedRuns({ view, comparison, now }: ComparedRunsProps) {
  const { data: projects } = useQuery(projectsQuery(false))
  const primary = projects?.find(({ id }) => id === comparison.runs[0]?.project.id)?.primaryMetric ?? null
  const compared = useMemo(() => comparedOf(comparison, view.baseline, primary), [comparison, view.baseline, primary])
  const packages = usePackages(comparison)
  const facts = useMemo(() => compareRows(comparison, primary, now), [comparison, primary, now])
  const rows = useMemo(() => [...facts, ...packages.rows], [facts, packages.rows])
  const { read } = packages
  const tools = read && (
    <Button size="small" onClick={read}>
      Read packages
    </Button>
  )
  if (comparison.runs.length === 0) {
    return (
      <>
        <MissingRuns view={view} missing={comparison.missing} />
        <Empty action={<Link to="/">All runs</Link>}>None of these runs is in this home.</Empty>
      </>
    )
  }
  return (
    <RunLooks looks={compared.looks}>
      <MissingRuns view={view} missing={comparison.missing} />
      <RunChips view={view} compared={compared} />
      <div className={styles['content']}>
        {view.tab === 'overview' && <OverviewTab view={view} compared={compared} rows={rows} tools={tools} />}
        {view.tab === 'params' && <FactsPanel view={view} compared={compared} rows={rows} tools={tools} />}
        {view.tab === 'curves' && <CurvesTab view={view} compared={compared} />}
        {view.tab === 'relations' && (
          <Suspense>
            <RelationsTab view={view} compared={compared} rows={facts} />
          </Suspense>
        )}
      </div>
      {view.askedCount > view.runs.length && (
        <p className={styles['note']}>
          {formatCount(view.runs.length)} of {formatPlural(view.askedCount, 'run')} are compared, the most at once.
        </p>
      )}
    </RunLooks>
  )
}
