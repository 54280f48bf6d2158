import { useCallback, useMemo, useSyncExternalStore } from 'react'

import { hoverLine } from '#charts/draw/chart-sync.ts'
import { lineLooks } from '#charts/prepare/color-rule.ts'
import { runSeries } from '#domain/run-color.ts'
import { useChartsView } from '#domain/use-charts-view.ts'
import { setPreferences, usePreferences } from '#ui/preferences.ts'

import type { ShownColumn } from './shown-columns.ts'
import { useChartedGroups } from './use-charted-groups.ts'
import { useChartedRuns, useSight } from './use-charted-runs.ts'
import type { ShownRuns } from './use-run-pages.ts'
import type { RunsView } from './use-runs-view.ts'

/** A narrower window keeps its room for the table, unless the charts are asked for. */
const wide = '(width > 1280px)'

function onWidth(tell: () => void): () => void {
  const query = window.matchMedia(wide)
  query.addEventListener('change', tell)
  return () => query.removeEventListener('change', tell)
}

function setOpen(chartsOpen: boolean): void {
  setPreferences({ chartsOpen })
}

function close(): void {
  setOpen(false)
}

/** Whether the charts stand beside the table, the runs that they draw, and how each of these looks in both. */
export function useChartsPane(view: RunsView, shown: ShownRuns, columns: readonly ShownColumn[] | null) {
  const chosen = usePreferences(preferences => preferences.chartsOpen)
  const isWide = useSyncExternalStore(onWidth, () => window.matchMedia(wide).matches)
  const open = chosen ?? isWide
  const [sight, onSight] = useSight()
  const charted = useChartedRuns(view, shown, columns, { sight, open })
  const grouped = useChartedGroups(view, shown.total ?? 0, open)
  const groupOf = grouped?.groupOf
  const looks = useMemo(() => {
    if (!open) return null
    if (groupOf) return new Map(Array.from(groupOf, ([run, { look }]) => [run, look]))
    return lineLooks(charted.runs.map(({ id }) => ({ id, series: runSeries(id) })))
  }, [open, charted, groupOf])
  const lineOf = (run: string) => (groupOf ? (groupOf.get(run)?.id ?? null) : run)
  const { change } = view
  const charts = useChartsView(
    view.charts,
    useCallback(next => change(next, true), [change]),
  )
  return {
    open,
    charted,
    looks,
    charts,
    onSight,
    grouped,
    /** Id of the line that a run is drawn in. */
    lineOf,
    onHover: (run: string | null) => hoverLine(charts.sync, run === null ? null : lineOf(run)),
    setOpen,
    close,
  }
}

export type ChartsPaneState = ReturnType<typeof useChartsPane>
