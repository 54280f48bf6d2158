import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Link as LinkIcon } from 'lucide-react'
import { lazy, memo, Suspense, useMemo, useRef, useState } from 'react'

import { ApiError } from '#contract/api-error.ts'
import { keysQuery } from '#data/keys.ts'
import { projectsQuery } from '#data/projects.ts'
import { anyReading, sourcesQuery } from '#data/sources.ts'
import { RunLooks } from '#domain/run-looks.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { PageHeader } from '#ui/page-header.tsx'
import { Failed } from '#ui/states.tsx'
import { useHotkeys } from '#ui/use-hotkeys.ts'

import { FilterBar, type FilterField } from './filter-bar.tsx'
import { RunsTable } from './runs-table.tsx'
import { selectedCount } from './selection.ts'
import type { ShownColumn } from './shown-columns.ts'
import { FilterChips, TableTools } from './toolbar.tsx'
import { useChartsPane } from './use-charts-pane.ts'
import { columnsText, useColumns } from './use-columns.ts'
import { useRunPages } from './use-run-pages.ts'
import { printSortParts, useRunsView, type RunsView } from './use-runs-view.ts'

import styles from './runs-page.module.css'

// Each step of scrolling draws this page, with which its charts have nothing to do.
const ChartsPane = lazy(async () => ({ default: memo((await import('./charts-pane.tsx')).ChartsPane) }))
const SelectionBar = lazy(async () => ({ default: (await import('./selection-bar.tsx')).SelectionBar }))
const KeysDialog = lazy(async () => ({ default: (await import('./keys-dialog.tsx')).KeysDialog }))

/** The runs of one project: filter, table, and what can be done with the selected ones. The address holds the whole view. */
export function RunsPage() {
  const view = useRunsView()
  // Another project is another page: nothing typed or scrolled in one belongs to the other.
  return <ProjectRuns key={view.project} view={view} />
}

function ProjectRuns({ view }: { view: RunsView }) {
  const sources = useQuery(sourcesQuery())
  const reading = anyReading(sources.data)
  const projects = useQuery(projectsQuery(reading))
  const project = projects.data?.find(({ id }) => id === view.project) ?? projects.data?.find(({ foreignId }) => foreignId === view.project)
  const keyCount = useQuery(keysQuery({ project: view.project, limit: 1 }))
  const columns = useColumns(view.project, view.columns, project?.primaryMetric ?? null)
  const operands = useMemo(() => columns.shown?.map(column => column.id) ?? null, [columns.shown])
  const sort = view.sort.map(({ id, desc }) => (desc ? '-' : '') + id)
  const pages = useRunPages({ project: view.project, filter: view.filter, sort, deleted: view.deleted }, operands, reading)
  const { total, all } = pages.shown
  const pane = useChartsPane(view, pages.shown, columns.shown)
  const { project: id, group, band, change } = view
  const grouping = useMemo(() => ({ project: id, group, band, onChange: change }), [id, group, band, change])
  const [keysOpen, setKeysOpen] = useState(false)
  const field = useRef<FilterField>(null)
  const name = project?.name ?? view.project

  function setColumns(next: readonly ShownColumn[] | null, sort?: RunsView['sort']): void {
    const text = next === null ? null : columnsText(next, columns.defaults)
    view.change({ columns: text ?? '', ...(sort && { sort: printSortParts(sort) }) })
  }

  useHotkeys({
    '/': event => {
      event.preventDefault()
      field.current?.focus()
    },
    '?': () => setKeysOpen(true),
  })

  return (
    <>
      <title>{`${name} · Readout`}</title>
      <PageHeader
        breadcrumb={[
          {
            key: 'project',
            node: (
              <Link to="/projects/$project" params={{ project: view.project }}>
                {name}
              </Link>
            ),
          },
          { key: 'runs', node: <h1>Runs</h1> },
        ]}
        actions={
          <CopyButton icon={<LinkIcon />} text={() => window.location.href}>
            Copy link
          </CopyButton>
        }
      />
      <FilterBar
        ref={field}
        project={view.project}
        filter={view.filter}
        onFilter={filter => view.setFilter(filter, true)}
        total={total}
        all={all}
        refused={total !== null && pages.error instanceof ApiError && pages.error.kind === 'invalid' ? pages.error.message : null}
        chips={
          <FilterChips
            view={view}
            onAdd={() => field.current?.focus({ add: true })}
            onEdit={chip => (chip.at ? field.current?.select(chip.at) : field.current?.focus())}
          />
        }
        tools={
          <TableTools
            view={view}
            columns={columns.shown}
            defaults={columns.defaults}
            onColumns={setColumns}
            keyCount={keyCount.data?.total ?? null}
            deletedCount={project?.deleted ?? 0}
            charts={pane}
          />
        }
      />
      <div className={styles['split']}>
        <div className={styles['area']}>
          <RunLooks looks={pane.looks}>
            {columns.error && columns.shown === null ? (
              <Failed what="These runs cannot be shown." error={columns.error} />
            ) : (
              columns.shown && (
                <RunsTable
                  view={view}
                  project={project}
                  columns={columns.shown}
                  numericKeys={columns.numericKeys}
                  onColumns={setColumns}
                  pages={pages}
                  reading={reading}
                  pane={pane}
                />
              )
            )}
          </RunLooks>
          {selectedCount(view.selection, total ?? 0) > 0 && (
            <Suspense>
              <SelectionBar view={view} total={total ?? 0} />
            </Suspense>
          )}
        </div>
        {pane.open && columns.shown && pane.looks && (
          <Suspense fallback={<div className={styles['paneFrame']} />}>
            <ChartsPane
              project={view.project}
              columns={columns.shown}
              charted={pane.charted}
              looks={pane.looks}
              charts={pane.charts}
              grouped={pane.grouped}
              grouping={grouping}
              onClose={pane.close}
            />
          </Suspense>
        )}
      </div>
      {keysOpen && (
        <Suspense>
          <KeysDialog onClose={() => setKeysOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
