import { useQuery } from '@tanstack/react-query'

import { sourcesQuery } from '#data/sources.ts'
import { Button } from '#ui/button.tsx'
import { PageHeader } from '#ui/page-header.tsx'
import { Bar, Empty, Failed, Loading } from '#ui/states.tsx'

import { summaryText } from './source-words.ts'
import { SourcesTable } from './sources-table.tsx'

import styles from './sources.module.css'

/** What was read, and what could not be: every folder and database with its state, counts and issues. */
export function SourcesPage() {
  const { data: sources, error, refetch } = useQuery(sourcesQuery())
  return (
    <>
      <title>Sources · Readout</title>
      <PageHeader breadcrumb={[{ key: 'sources', node: <h1>Sources</h1> }]} />
      {sources ? (
        sources.length === 0 ? (
          <Empty>
            No sources yet. Start Readout with a folder: <code>readout ./mlruns</code>
          </Empty>
        ) : (
          <div className={styles['page']}>
            <output className={styles['summary']}>{summaryText(sources)}</output>
            <SourcesTable sources={sources} />
            {sources.some(source => source.state === 'closed') && (
              <p className={styles['hint']}>
                A source that is not opened now keeps its runs here. <code>readout forget &lt;path&gt;</code> takes it out; its files stay
                as they are.
              </p>
            )}
          </div>
        )
      ) : error ? (
        <Failed
          what="The sources cannot be shown."
          error={error}
          action={
            <Button look="outline" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        />
      ) : (
        <Loading>
          <div className={styles['summary']}>
            <Bar width="320px" />
          </div>
        </Loading>
      )}
    </>
  )
}
