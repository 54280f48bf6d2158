import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'

import type { RunRow } from '#contract/runs-page.ts'
import { runsPageQuery } from '#data/runs.ts'

import { selectedCount, selectionFilter } from './selection.ts'
import { shownRow, type ShownRuns } from './use-run-pages.ts'
import { printSortParts, type RunsView } from './use-runs-view.ts'

/** Runs that are drawn of those in sight: as many as have a colour of their own. */
const mostInSight = 10
/** Runs that are drawn of those selected. */
const mostSelected = 500
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

export interface ChartedRuns {
  /** In the order of the table. The same array as long as they are the same. */
  runs: readonly RunRow[]
  /** Of so many. */
  total: number
}

/** The runs that the charts beside the table draw: the selected ones, else the first of those in sight. */
export function useChartedRuns(view: RunsView, shown: ShownRuns, sight: Sight, open: boolean): ChartedRuns {
  const { selection, project, filter, sort } = view
  const selected = selectedCount(selection, shown.total ?? 0)
  const chosen = useQuery({
    ...runsPageQuery(
      {
        project,
        filter: selectionFilter(selection, filter),
        sort: sort.map(part => printSortParts([part])),
        deleted: selection.all ? view.deleted : 'include',
        columns: [],
        offset: 0,
        limit: mostSelected,
      },
      false,
    ),
    enabled: open && selected > 0,
    placeholderData: keepPreviousData,
  })
  const seen: RunRow[] = []
  if (selected === 0) {
    for (let index = sight.firstRow; index <= sight.lastRow && seen.length < mostInSight; index += 1) {
      const row = shownRow(shown, index)
      if (row) seen.push(row.run)
    }
  }
  const runs = selected > 0 ? (chosen.data?.rows ?? []) : seen
  const total = selected > 0 ? (chosen.data?.total ?? 0) : (shown.total ?? 0)
  // Rows are made anew with each answer; what is drawn changes only with these.
  const key = JSON.stringify([total, runs.map(({ id, name, status }) => [id, name, status])])
  const [held, setHeld] = useState({ key, charted: { runs, total } })
  if (held.key === key) return held.charted
  const next = { key, charted: { runs, total } }
  setHeld(next)
  return next.charted
}
