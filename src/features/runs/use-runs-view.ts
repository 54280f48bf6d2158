import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'

import type { BandKind } from '#contract/band.ts'
import { isFilterError } from '#contract/filter/error.ts'
import { parseOperand, parseSort, printOperand } from '#contract/operand-text.ts'
import { parseBand } from '#domain/band-text.ts'
import type { ChartsSearch } from '#domain/charts-search.ts'

import type { RunsSearch } from './runs-search.ts'
import { parseSelection, printSelection, type Selection } from './selection.ts'
import { splitAtCommas } from './shown-columns.ts'

const route = getRouteApi('/projects/$project')

export interface SortPart {
  id: string
  desc: boolean
}

export type Deleted = 'exclude' | 'include' | 'only'

/** Reads a sort from an address: operands with a comma between, `-` for descending. */
export function parseSortParts(text: string | undefined): SortPart[] {
  return splitAtCommas(text ?? '').map(part => {
    const sort = parseSort(part)
    // What cannot be read goes to the server as it is, whose answer says what is wrong with it.
    return isFilterError(sort) ? { id: part, desc: false } : { id: printOperand(sort.operand), desc: sort.descending }
  })
}

/** Writes a sort as `parseSortParts` reads it. */
export function printSortParts(sort: readonly SortPart[]): string {
  return sort.map(({ id, desc }) => (desc ? '-' : '') + id).join(',')
}

/** Reads the operands that an address groups by; what cannot be read, and metrics, are left out. */
export function parseGroup(text: string | undefined): readonly string[] {
  const operands = splitAtCommas(text ?? '').map(part => parseOperand(part))
  return operands.flatMap(operand => (isFilterError(operand) || operand.kind === 'metric' ? [] : [printOperand(operand)]))
}

function readDeleted(text: string | undefined): Deleted {
  return text === 'include' || text === 'only' ? text : 'exclude'
}

/** The view that the address describes, and the ways to change it. Typing replaces the address, every other choice adds to the history. */
export function useRunsView() {
  const search = route.useSearch()
  const { project } = route.useParams()
  const navigate = route.useNavigate()

  const change = useCallback(
    (next: RunsSearch, replace = false): void => {
      void navigate({ search: before => ({ ...before, ...next }), replace })
    },
    [navigate],
  )

  return {
    project,
    filter: search.filter ?? '',
    sort: useMemo(() => parseSortParts(search.sort), [search.sort]),
    columns: search.columns,
    selection: useMemo(() => parseSelection(search.selected), [search.selected]),
    deleted: readDeleted(search.deleted),
    group: useMemo(() => parseGroup(search.group), [search.group]),
    band: useMemo((): BandKind => parseBand(search.band), [search.band]),
    /** What the address says of the charts. */
    charts: search as ChartsSearch,
    setFilter: (filter: string, typed = false) => change({ filter, ...(search.selected?.startsWith('all') && { selected: '' }) }, typed),
    setSort: (sort: readonly SortPart[]) => change({ sort: printSortParts(sort) }),
    setColumns: (columns: string | null) => change({ columns: columns ?? '' }),
    setSelection: (selection: Selection) => change({ selected: printSelection(selection) }),
    setDeleted: (deleted: Deleted) => change({ deleted: deleted === 'exclude' ? '' : deleted, selected: '' }),
    /** Several changes as one step of the history. */
    change,
  }
}

export type RunsView = ReturnType<typeof useRunsView>
