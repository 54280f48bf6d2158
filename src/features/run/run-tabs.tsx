import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { mediaQuery } from '#data/media.ts'
import { formatCount } from '#lib/format.ts'
import { Tabs, type TabItem } from '#ui/tabs.tsx'

import { ArtifactsTab } from './artifacts-tab.tsx'
import { chartGroups } from './chart-groups.ts'
import { ChartsTab } from './charts-tab.tsx'
import { KeyValueTab } from './key-value-tab.tsx'
import { MetricsTab } from './metrics-tab.tsx'
import { Overview } from './overview.tsx'
import { RunHead } from './run-head.tsx'
import { RunNotices } from './run-notices.tsx'

import styles from './run-head.module.css'

const MediaTab = lazy(async () => ({ default: (await import('./media-tab.tsx')).MediaTab }))

const route = getRouteApi('/runs/$run')

const tabs = ['overview', 'charts', 'metrics', 'params', 'tags', 'artifacts', 'media'] as const
type Tab = (typeof tabs)[number]

interface RunTabsProps {
  run: RunDetail
  /** When the run was fetched, in ms since the epoch: the end of a duration that still grows. */
  now: number
}

/** Title, facts and tabs of a run, and what the chosen tab holds. The tab stands in the address. */
export function RunTabs({ run, now }: RunTabsProps) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const tab = tabs.find(name => name === search.tab) ?? 'overview'
  const chartCount = useMemo(
    () => chartGroups(run.metrics.map(({ key }) => key)).reduce((sum, { charts }) => sum + charts.length, 0),
    [run.metrics],
  )
  const media = useQuery(mediaQuery(run.id)).data?.tags.filter(({ kind }) => kind !== 'pr-curve').length ?? 0
  const counted = (value: Tab, text: string, count: number): TabItem<Tab> => ({
    value,
    text,
    ...(count > 0 && { count: formatCount(count) }),
  })
  return (
    <>
      <RunNotices run={run} />
      <RunHead run={run} now={now} />
      <div className={styles['tabs']}>
        <Tabs<Tab>
          label="Parts of the run"
          items={[
            { value: 'overview', text: 'Overview' },
            counted('charts', 'Charts', chartCount),
            counted('metrics', 'Metrics', run.metrics.length),
            counted('params', 'Params', run.params.length),
            counted('tags', 'Tags', run.tags.length),
            { value: 'artifacts', text: 'Artifacts' },
            // The last one, so that none moves when it comes.
            ...(media > 0 || tab === 'media' ? [counted('media', 'Media', media)] : []),
          ]}
          value={tab}
          onChange={next => void navigate({ search: next === 'overview' ? {} : { tab: next } })}
        >
          <TabContent key={tab} tab={tab} run={run} now={now} />
        </Tabs>
      </div>
    </>
  )
}

function TabContent({ tab, run, now }: RunTabsProps & { tab: Tab }) {
  switch (tab) {
    case 'charts':
      return <ChartsTab run={run} />
    case 'metrics':
      return <MetricsTab run={run} />
    case 'params':
      return <KeyValueTab pairs={run.params} name="param" none="This run logged no params." />
    case 'tags':
      return <KeyValueTab pairs={run.tags} name="tag" none="This run has no tags." />
    case 'artifacts':
      return <ArtifactsTab run={run} />
    case 'media':
      return (
        <Suspense>
          <MediaTab run={run.id} />
        </Suspense>
      )
    case 'overview':
      return <Overview run={run} now={now} />
  }
}
