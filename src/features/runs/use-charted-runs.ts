import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { RunRow } from '#contract/runs-page.ts'
import { runsPageQuery } from '#data/runs.ts'

import { assembleRows, cellValue, type RunTableRow } from './run-rows.ts'
import { selectedCount, selectionFilter } from './selection.ts'
import type { ShownColumn } from './shown-columns.ts'
import { shownRow, type ShownRuns } from './use-run-pages.ts'
import { printSortParts, type RunsView } from './use-runs-view.ts'

/** Runs that are drawn of those in sight: as many as have a colour of their own. */
const mostInSight = 10
/** Runs that are drawn of those selected. */
const mostSelected = 500
/** Params that a tooltip names. */
const mostParams = 6
/** Milliseconds of rest after which the charts follow the table. */
const rest = 300

export interface Sight {
  firstRow: number
  lastRow: number
}

/** Rows that the table has in sight, once it has come to rest. */
export function useSight(): [sight: Sight, onSight: (sight: Sight) => void] {
  const [sight, setSight] = useState<Sight>({ firstRow: 0, lastRow: mostInSight })
  const latest = useRef(sight)
  const timer = useRef(0)
  useEffect(() => () => clearTimeout(timer.current), [])
  // No state until the table rests: every step of scrolling would draw the page again.
  const onSight = useCallback(({ firstRow, lastRow }: Sight) => {
    if (latest.current.firstRow === firstRow && latest.current.lastRow === lastRow) return
    latest.current = { firstRow, lastRow }
    clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setSight(latest.current), rest)
  }, [])
  return [sight, onSight]
}

export interface ChartedRun extends Pick<RunRow, 'id' | 'name' | 'status'> {
  /** Those that are columns of the table, as it has them. */
  params: readonly (readonly [key: string, value: string])[]
}

export interface ChartedRuns {
  /** In the order of the table. The same array as long as they are the same. */
  runs: readonly ChartedRun[]
  /** Of so many. */
  total: number
}

/** A run with what the table shows of its params. */
function chartedRun(row: RunTableRow, params: readonly ShownColumn[]): ChartedRun {
  const { id, name, status } = row.run
  return {
    id,
    name,
    status,
    params: params.flatMap(({ id: column, operand }) => {
      const value = cellValue(row, column)
      return value === null || value === undefined ? [] : [[operand.key, String(value)] as const]
    }),
  }
}

/** The runs that the charts beside the table draw: the selected ones, else the first of those in sight. */
export function useChartedRuns(
  view: RunsView,
  shown: ShownRuns,
  columns: readonly ShownColumn[] | null,
  { sight, open }: { sight: Sight; open: boolean },
): ChartedRuns {
  const { selection, project, filter, sort } = view
  const selected = selectedCount(selection, shown.total ?? 0)
  const params = (columns ?? []).filter(({ operand }) => operand.kind === 'param').slice(0, mostParams)
  const chosen = useQuery({
    ...runsPageQuery(
      {
        project,
        filter: selectionFilter(selection, filter),
        sort: sort.map(part => printSortParts([part])),
        deleted: selection.all ? view.deleted : 'include',
        columns: params.map(({ id }) => id),
        offset: 0,
        limit: mostSelected,
      },
      false,
    ),
    enabled: open && selected > 0,
    placeholderData: keepPreviousData,
  })
  const rows: RunTableRow[] = []
  let isMoving = false
  if (selected > 0) rows.push(...(chosen.data ? assembleRows([chosen.data]) : []))
  else {
    const end = Math.min(sight.lastRow + 1, sight.firstRow + mostInSight, shown.total ?? 0)
    for (let index = sight.firstRow; index < end; index += 1) {
      const row = shownRow(shown, index)
      if (row) rows.push(row)
      else isMoving = true
    }
  }
  const total = selected > 0 ? (chosen.data?.total ?? 0) : (shown.total ?? 0)
  const runs = rows.map(row => chartedRun(row, params))
  // Rows are made anew with each answer; what is drawn changes only with these.
  const key = JSON.stringify([total, runs])
  const [held, setHeld] = useState({ key, charted: { runs, total } })
  // The table has gone on from where it last rested: what is drawn stays until it rests again.
  if (held.key === key || isMoving) return held.charted
  const next = { key, charted: { runs, total } }
  setHeld(next)
  return next.charted
}
