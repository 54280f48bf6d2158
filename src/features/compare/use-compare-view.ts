import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

import type { BandKind } from '#contract/band.ts'
import { mostCompared } from '#contract/comparison.ts'
import { parseBand } from '#domain/band-text.ts'
import { useChartsView } from '#domain/use-charts-view.ts'
import { parseList } from '#lib/text-list.ts'

import type { CompareSearch } from './compare-search.ts'
import { parseGrouping } from './grouping.ts'

const route = getRouteApi('/compare')

export const compareTabs = ['overview', 'params', 'curves', 'relations'] as const
export type CompareTab = (typeof compareTabs)[number]

/** Ids of an address, each once. */
export function parseRuns(text: string | undefined): string[] {
  return [...new Set((text ?? '').split(',').filter(Boolean))]
}

/** What the address says is compared and how it is shown, and the ways to change that. Typing replaces the address, all else adds to the history. */
export function useCompareView() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = useCallback(
    (next: CompareSearch, replace = false): void => {
      void navigate({ search: before => ({ ...before, ...next }), replace })
    },
    [navigate],
  )
  const asked = useMemo(() => parseRuns(search.runs), [search.runs])
  const charts = useChartsView(search, change)
  return {
    /** Runs as the address names them, so many as are compared at once. */
    runs: useMemo(() => asked.slice(0, mostCompared), [asked]),
    /** Runs that it names, compared or not. */
    askedCount: asked.length,
    tab: compareTabs.find(name => name === search.tab) ?? 'overview',
    baseline: search.baseline,
    /** Rows that are the same in all runs are shown too. */
    same: search.same === '1',
    pattern: search.rows ?? '',
    grouping: useMemo(() => parseGrouping(search.group), [search.group]),
    band: useMemo((): BandKind => parseBand(search.band), [search.band]),
    /** Metrics that have a chart; null while nobody chose. */
    metrics: useMemo(() => (search.metrics === undefined ? null : parseList(search.metrics)), [search.metrics]),
    search,
    charts,
    change,
  }
}

export type CompareView = ReturnType<typeof useCompareView>
