import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'

import type { RunsPage, RunsPageInput } from '#contract/runs-page.ts'
import { runsPageQuery } from '#data/runs.ts'

import { assembleRows, mergeInfos, windowRows, type ColumnInfos, type RunTableRow } from './run-rows.ts'

/** Columns fetched in one request; only the ones in sight are, however many are shown. */
const chunkColumns = 40
/** Rows and columns beyond the edge from which on the next window is fetched ahead. */
const ahead = { rows: 30, columns: 6 }
const inSight = { rows: 0, columns: 0 }

export type RunsTarget = Required<Pick<RunsPageInput, 'project' | 'filter' | 'sort' | 'deleted'>>

interface View {
  firstRow: number
  lastRow: number
  firstColumn: number
  lastColumn: number
}

/** Windows of rows and chunks of columns, both ends included. */
export interface Block {
  firstWindow: number
  lastWindow: number
  firstChunk: number
  lastChunk: number
}

interface Blocks {
  sight: Block
  ahead: Block
}

const firstBlock: Block = { firstWindow: 0, lastWindow: 0, firstChunk: 0, lastChunk: 0 }

/** What the table shows: of the last target that answered, so that nothing flashes while the next one is under way. */
export interface ShownRuns {
  /** The target they belong to, as a text to compare. */
  key: string
  /** Runs that match, and runs of the project; null before the first answer. */
  total: number | null
  all: number | null
  windows: ReadonlyMap<number, readonly RunTableRow[]>
  pages: ReadonlyMap<number, readonly RunsPage[]>
  infos: ColumnInfos
}

export const nothingShown: ShownRuns = { key: '', total: null, all: null, windows: new Map(), pages: new Map(), infos: new Map() }

/** Row at an index, undefined while its window is not here. */
export function shownRow(shown: ShownRuns, index: number): RunTableRow | undefined {
  return shown.windows.get(Math.floor(index / windowRows))?.[index % windowRows]
}

/** Windows and chunks that a part of the table needs, with so many rows and columns beyond its edges. */
export function blockOf(view: View, beyond: { rows: number; columns: number }): Block {
  return {
    firstWindow: Math.max(0, Math.floor((view.firstRow - beyond.rows) / windowRows)),
    lastWindow: Math.floor((view.lastRow + beyond.rows) / windowRows),
    firstChunk: Math.max(0, Math.floor((view.firstColumn - beyond.columns) / chunkColumns)),
    lastChunk: Math.floor((view.lastColumn + beyond.columns) / chunkColumns),
  }
}

/**
 * The runs to show, 100 rows a window; `onView` takes what the table has in sight. What lies beyond
 * the edges is fetched when all in sight is here: after a jump it would only be in the way. `columns` is null
 * until they are known.
 */
export function useRunPages(target: RunsTarget, columns: readonly string[] | null, reading: boolean) {
  const [shown, setShown] = useState(nothingShown)
  const [blocks, setBlocks] = useState<Blocks>({ sight: firstBlock, ahead: firstBlock })
  const client = useQueryClient()
  const key = JSON.stringify(target)
  const pagesOf = (block: Block) => {
    const there = shown.key === key ? block : { ...block, firstWindow: 0, lastWindow: 0 }
    return wantedPages(columns ?? [], there).map(({ window, columns: chunk }) => ({
      window,
      query: runsPageQuery({ ...target, columns: [...chunk], offset: window * windowRows, limit: windowRows }, reading),
    }))
  }
  const sight = columns === null ? [] : pagesOf(blocks.sight)
  const isHere = sight.every(({ query }) => client.getQueryData(query.queryKey) !== undefined)
  // What is in sight is painted before what lies beyond is asked for.
  const wasHere = useDeferredValue(isHere)
  const wanted = columns !== null && isHere && wasHere ? pagesOf(blocks.ahead) : sight
  const results = useQueries({ queries: wanted.map(({ query }) => query) })
  // Two windows in sight come a moment apart: drawing them together takes less than drawing twice.
  const isHalf = !isHere && sight.length === 2 && !results.some(result => result.isError)
  const next = isHalf
    ? shown
    : nextShown(
        shown,
        key,
        wanted.map(({ window }, index) => ({ window, page: results[index]?.data })),
      )
  if (next !== shown) setShown(next)
  return {
    shown: next,
    error: results.find(result => result.error)?.error ?? null,
    fetching: results.some(result => result.isPending),
    refetch: () => void Promise.all(results.map(result => result.refetch())),
    onView: (view: View) => {
      const seen = { sight: blockOf(view, inSight), ahead: blockOf(view, ahead) }
      if (sameBlock(blocks.sight, seen.sight) && sameBlock(blocks.ahead, seen.ahead)) return
      // Asked for at once: drawing with the new blocks, which asks too, takes its time.
      if (columns !== null && shown.key === key) for (const { query } of pagesOf(seen.sight)) void client.prefetchQuery(query)
      setBlocks(seen)
    },
  }
}

export type RunPages = ReturnType<typeof useRunPages>

function sameBlock(a: Block, b: Block): boolean {
  return a.firstWindow === b.firstWindow && a.lastWindow === b.lastWindow && a.firstChunk === b.firstChunk && a.lastChunk === b.lastChunk
}

/** Pages of a block: each window with each of its chunks of columns. */
export function wantedPages(columns: readonly string[], block: Block): { window: number; columns: readonly string[] }[] {
  const lastChunk = Math.min(block.lastChunk, Math.max(0, Math.ceil(columns.length / chunkColumns) - 1))
  const wanted = []
  for (let window = block.firstWindow; window <= block.lastWindow; window++) {
    for (let chunk = Math.min(block.firstChunk, lastChunk); chunk <= lastChunk; chunk++) {
      wanted.push({ window, columns: columns.slice(chunk * chunkColumns, (chunk + 1) * chunkColumns) })
    }
  }
  return wanted
}

/** What to show once some of the wanted pages are here; the same object where nothing changed. */
export function nextShown(shown: ShownRuns, key: string, answers: readonly { window: number; page: RunsPage | undefined }[]): ShownRuns {
  const here = answers.filter((answer): answer is { window: number; page: RunsPage } => answer.page !== undefined)
  const [first] = here
  if (!first) return shown
  const before = shown.key === key ? shown : { ...nothingShown, key }
  const pages = new Map<number, RunsPage[]>()
  for (const { window, page } of here) pages.set(window, [...(pages.get(window) ?? []), page])
  for (const { window, page } of answers) {
    // A column that was added or moved changes the pages: those from before fill the gap until the new ones are here.
    if (page !== undefined) continue
    const older = before.pages.get(window) ?? []
    pages.set(window, [...(pages.get(window) ?? []), ...older.filter(other => !pages.get(window)?.includes(other))])
  }
  const { total, all } = first.page
  const infos = mergeInfos(
    before.infos,
    here.map(({ page }) => page),
  )
  if (before === shown && total === shown.total && all === shown.all && infos === shown.infos && samePages(pages, shown.pages)) return shown
  const windows = new Map([...pages].map(([window, parts]) => [window, assembleRows(parts)]))
  return { key, total, all, windows, pages, infos }
}

function samePages(a: ReadonlyMap<number, readonly RunsPage[]>, b: ReadonlyMap<number, readonly RunsPage[]>): boolean {
  if (a.size !== b.size) return false
  for (const [window, pages] of a) {
    const others = b.get(window)
    if (others?.length !== pages.length || pages.some((page, index) => page !== others[index])) return false
  }
  return true
}
