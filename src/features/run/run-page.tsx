import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Link2 } from 'lucide-react'

import { ApiError } from '#contract/api-error.ts'
import { runQuery } from '#data/run.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { PageHeader } from '#ui/page-header.tsx'
import { Empty, Failed } from '#ui/states.tsx'

import { RunFrame } from './run-frame.tsx'
import { RunTabs } from './run-tabs.tsx'

const route = getRouteApi('/runs/$run')

/** One run with all that is known of it. */
export function RunPage() {
  const { run: id } = route.useParams()
  const { data: run, error, refetch, dataUpdatedAt } = useQuery(runQuery(id))
  if (run) {
    return (
      <>
        <title>{`${run.name} · ${run.project.name} · Readout`}</title>
        <PageHeader
          breadcrumb={[
            {
              key: 'project',
              node: (
                <Link to="/projects/$project" params={{ project: run.project.id }}>
                  {run.project.name}
                </Link>
              ),
            },
            {
              key: 'runs',
              node: (
                <Link to="/projects/$project" params={{ project: run.project.id }}>
                  Runs
                </Link>
              ),
            },
            { key: 'run', node: <span title={run.name}>{run.name}</span> },
          ]}
          actions={
            <CopyButton icon={<Link2 />} text={() => window.location.href}>
              Copy link
            </CopyButton>
          }
        />
        <RunTabs key={run.id} run={run} now={dataUpdatedAt} />
      </>
    )
  }
  if (error instanceof ApiError && error.kind === 'not_found') {
    return (
      <>
        <title>No such run · Readout</title>
        <PageHeader breadcrumb={[{ key: 'run', node: <h1>No such run</h1> }]} />
        <Empty action={<Link to="/">All runs</Link>}>
          There is no run <code>{id}</code> in this home. It may lie in a folder that was not opened.
        </Empty>
      </>
    )
  }
  return (
    <>
      <title>Run · Readout</title>
      <PageHeader breadcrumb={[{ key: 'run', node: <h1>Run</h1> }]} />
      {error ? (
        <Failed
          what="This run cannot be shown."
          error={error}
          action={
            <Button look="outline" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        />
      ) : (
        <RunFrame />
      )}
    </>
  )
}
