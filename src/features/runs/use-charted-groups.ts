import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { lineLooks } from '#charts/prepare/color-rule.ts'
import type { RunGroups } from '#contract/run-groups.ts'
import { runGroupsQuery } from '#data/groups.ts'
import type { ChartedGroup } from '#domain/group-chart.tsx'
import { runSeries } from '#domain/run-color.ts'
import { formatCount, formatPlural } from '#lib/format.ts'

import { selectedCount, selectionFilter } from './selection.ts'
import { printSortParts, type RunsView } from './use-runs-view.ts'

export interface ChartedGroups {
  groups: readonly ChartedGroup[]
  /** The group that a run is drawn in, by its id. */
  groupOf: ReadonlyMap<string, ChartedGroup>
  /** Groups that the runs make, and runs. */
  distinct: number
  total: number
  /** What is not drawn, in words. */
  notes: readonly string[]
}

/** The groups that the charts beside the table draw, of the selected runs, else of all that match; null while runs are drawn one by one, undefined until they are known. */
export function useChartedGroups(view: RunsView, total: number, open: boolean): ChartedGroups | null | undefined {
  const { project, filter, sort, deleted, selection, group } = view
  const selected = selectedCount(selection, total)
  const { data } = useQuery({
    ...runGroupsQuery({
      project,
      filter: selected > 0 ? selectionFilter(selection, filter) : filter,
      sort: sort.map(part => printSortParts([part])),
      deleted: selected > 0 && !selection.all ? 'include' : deleted,
      by: [...group],
    }),
    enabled: open && group.length > 0,
  })
  const charted = useMemo(() => data && chartedGroups(data), [data])
  return group.length === 0 ? null : charted
}

function chartedGroups({ groups, distinct, total }: RunGroups): ChartedGroups {
  const named = groups.map(({ values, ...group }) => ({
    ...group,
    id: JSON.stringify(values),
    label: values.map(value => value ?? '–').join(', '),
  }))
  const looks = lineLooks(named.map(({ id, label }) => ({ id, series: runSeries(label) })))
  const charted = named.flatMap(({ id, label, runs }): ChartedGroup[] => {
    const look = looks.get(id)
    return look ? [{ id, label, runs, look }] : []
  })
  const inGroups = groups.reduce((sum, group) => sum + group.total, 0)
  const drawn = groups.reduce((sum, group) => sum + group.runs.length, 0)
  const notes = [
    groups.length < distinct ? `${formatCount(groups.length)} of ${formatPlural(distinct, 'group')}` : '',
    drawn < inGroups ? `${formatCount(drawn)} of ${formatPlural(inGroups, 'run')}` : '',
  ].filter(note => note !== '')
  return {
    groups: charted,
    groupOf: new Map(charted.flatMap(group => group.runs.map(run => [run, group] as const))),
    distinct,
    total,
    notes,
  }
}
