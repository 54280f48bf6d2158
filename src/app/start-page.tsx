import { useQuery } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'

import type { SourceEntry } from '#contract/source.ts'
import { projectsQuery } from '#data/projects.ts'
import { anyReading, sourcesQuery } from '#data/sources.ts'
import { PageHeader } from '#ui/page-header.tsx'
import { Empty, Failed } from '#ui/states.tsx'

import styles from './start-page.module.css'

/** Leads to the first project with runs; while there is none, says how to start and what was looked at. */
export function StartPage() {
  const sources = useQuery(sourcesQuery())
  const reading = anyReading(sources.data)
  const projects = useQuery(projectsQuery(reading))
  const first = projects.data?.find(project => project.runs > 0) ?? projects.data?.[0]
  if (first) return <Navigate to="/projects/$project" params={{ project: first.id }} replace />
  return (
    <>
      <title>Readout</title>
      <PageHeader breadcrumb={[{ key: 'runs', node: <h1>Runs</h1> }]} />
      {projects.error ? (
        <Failed what="The projects cannot be shown." error={projects.error} />
      ) : reading ? (
        <Empty action={<Link to="/sources">Sources</Link>}>Reading. The first runs will show here.</Empty>
      ) : (
        projects.data && sources.data && <NoRuns sources={sources.data} />
      )}
    </>
  )
}

function NoRuns({ sources }: { sources: readonly SourceEntry[] }) {
  return (
    <>
      <Empty>
        No runs yet. Start Readout with a folder: <code>readout ./mlruns</code>
      </Empty>
      {sources.length > 0 && (
        <dl className={styles['looked']} aria-label="What was looked at">
          {sources.map(source => (
            <div key={source.id}>
              <dt>
                <code>{source.path}</code> <span>{source.format || 'no known format'}</span>
              </dt>
              {source.issueList.slice(0, 5).map(issue => (
                <dd key={`${issue.path}:${issue.line}:${issue.reason}`}>
                  {issue.reason}
                  {issue.path !== source.path && <code>{issue.line === null ? issue.path : `${issue.path}:${issue.line}`}</code>}
                </dd>
              ))}
              {source.issues > 5 && (
                <dd>
                  <Link to="/sources">{source.issues - 5} more</Link>
                </dd>
              )}
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
