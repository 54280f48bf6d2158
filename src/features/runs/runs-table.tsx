import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useLayoutEffect, useMemo, type KeyboardEvent, type MouseEvent } from 'react'

import type { Project } from '#contract/source.ts'
import { Button } from '#ui/button.tsx'
import { DataTable } from '#ui/data-table/data-table.tsx'
import { useDataGrid } from '#ui/data-table/use-data-grid.ts'
import { usePreferences } from '#ui/preferences.ts'
import { Empty, Failed, Loading } from '#ui/states.tsx'
import { useHotkeys } from '#ui/use-hotkeys.ts'

import { runPath } from './cells.tsx'
import { setColumnWidths, useColumnWidths } from './column-widths.ts'
import type { RunTableRow } from './run-rows.ts'
import { allSelection, isSelected, noSelection, select, selectedCount } from './selection.ts'
import type { ShownColumn } from './shown-columns.ts'
import { tableColumns } from './table-columns.tsx'
import type { ChartsPaneState } from './use-charts-pane.ts'
import { useLinkedRow } from './use-linked-row.ts'
import { shownRow, type RunPages } from './use-run-pages.ts'
import type { RunsView } from './use-runs-view.ts'

const ColumnMenu = lazy(async () => ({ default: (await import('./column-menu.tsx')).ColumnMenu }))

const rowHeights = { compact: 28, regular: 36 }
/** Rows of the frame that stands before the first answer. */
const frameRows = 40
const selectionBarHeight = 60

interface RunsTableProps {
  view: RunsView
  project: Project | undefined
  columns: readonly ShownColumn[]
  numericKeys: ReadonlySet<string>
  onColumns: (columns: readonly ShownColumn[], sort?: RunsView['sort']) => void
  pages: RunPages
  reading: boolean
  pane: ChartsPaneState
}

/** The table of runs: rows by windows of 100, columns as chosen, one grid for keyboard and pointer. */
export function RunsTable({ view, project, columns, numericKeys, onColumns, pages, reading, pane }: RunsTableProps) {
  const { shown, onView } = pages
  const navigate = useNavigate()
  const density = usePreferences(preferences => preferences.density)
  const { widths } = useColumnWidths()
  const primary = project?.primaryMetric ?? null
  const rowCount = shown.total ?? Math.min(project?.runs ?? frameRows, frameRows)
  const { infos, all } = shown
  const tableHead = useMemo(() => tableColumns(columns, { infos, numericKeys, primary, all }), [columns, infos, numericKeys, primary, all])
  const { selection, sort, deleted, filter } = view
  const selected = selectedCount(selection, shown.total ?? 0)

  const grid = useDataGrid({
    columns: tableHead,
    rowCount,
    rowHeight: rowHeights[density],
    widths,
    onWidths: setColumnWidths,
    sort,
    onSort: view.setSort,
    coveredBelow: selected > 0 ? selectionBarHeight : 0,
  })
  useLayoutEffect(() => {
    onView(grid.view)
    pane.onSight(grid.view)
  })

  const { scroller } = grid
  useLinkedRow(scroller, { sync: pane.charts.sync, lineOf: pane.lineOf }, shown, grid.view)
  useLayoutEffect(() => {
    // Other runs or another order: what was in sight has no place in it.
    if (shown.key !== '') scroller?.scrollTo({ top: 0 })
  }, [scroller, shown.key])

  function toggle(index: number, from = index): void {
    const row = shownRow(shown, index)
    if (!row) return
    const on = !isSelected(selection, row.run.id)
    const ids: string[] = []
    for (let at = Math.min(index, from); at <= Math.max(index, from); at++) {
      const each = shownRow(shown, at)
      if (each) ids.push(each.run.id)
    }
    view.setSelection(select(selection, ids, on))
  }

  function open(row: RunTableRow, event: MouseEvent | KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey) window.open(runPath(row.run.id), '_blank', 'noopener')
    else void navigate({ to: '/runs/$run', params: { run: row.run.id } })
  }

  function step(by: number): void {
    delete scroller?.dataset['pressed']
    const inGrid = scroller?.contains(document.activeElement) ?? false
    grid.activate({
      row: Math.max(0, Math.min(rowCount - 1, grid.active.row + (inGrid ? by : 0))),
      column: Math.max(1, grid.active.column),
    })
  }

  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    x: () => toggle(grid.active.row),
    Escape: () => selected > 0 && view.setSelection(noSelection),
  })

  if (pages.error && shown.total === null) {
    return (
      <Failed
        what="These runs cannot be shown."
        error={pages.error}
        action={
          <Button look="outline" onClick={pages.refetch}>
            Try again
          </Button>
        }
      />
    )
  }
  if (shown.total === 0) {
    return filter === '' && deleted === 'exclude' ? (
      <Empty>{reading ? 'Reading. The first runs will show here.' : 'This project has no runs yet.'}</Empty>
    ) : (
      <Empty
        action={
          <Button look="outline" onClick={() => view.change({ filter: '', deleted: '' })}>
            {filter === '' ? 'Show all runs' : 'Clear filter'}
          </Button>
        }
      >
        {filter === '' ? 'No runs here.' : 'No runs match this filter.'}
      </Empty>
    )
  }
  const table = (
    <DataTable
      grid={grid}
      label={`Runs of ${project?.name ?? view.project}`}
      rowAt={index => shownRow(shown, index)}
      rowName={row => row.run.name}
      isSelected={row => isSelected(selection, row.run.id)}
      sort={sort}
      allSelected={selected === 0 ? false : selected === shown.total ? true : 'mixed'}
      onToggle={toggle}
      onToggleAll={() => view.setSelection(selected === 0 ? allSelection : noSelection)}
      onOpen={open}
      {...(pane.open && { onHover: (row: RunTableRow | null) => pane.onHover(row?.run.id ?? null) })}
      onMove={(id, to) => {
        const rest = columns.filter(column => column.id !== id)
        onColumns([...rest.slice(0, to), ...columns.filter(column => column.id === id), ...rest.slice(to)])
      }}
      renderMenu={props => (
        <Suspense>
          <ColumnMenu {...props} columns={columns} onColumns={onColumns} view={view} placed={grid} />
        </Suspense>
      )}
      busy={pages.fetching}
    />
  )
  return shown.total === null ? <Loading>{table}</Loading> : table
}
