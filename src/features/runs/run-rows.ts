import { fromFloat64, type Float64, type Int64 } from '#contract/int64.ts'
import type { PageColumn, RunRow, RunsPage } from '#contract/runs-page.ts'
import { formatNumber, formatStep, numberFormat, type NumberFormat } from '#lib/format.ts'

export const windowRows = 100
/** A number, its word (`NaN`, `Infinity`) or a text as it was logged. */
export type CellValue = number | string

/** A run with the pages that hold its cells. The same object as long as none of them changed. */
export interface RunTableRow {
  run: RunRow
  /** Its place in each of the pages. */
  at: number
  pages: readonly LoadedPage[]
}

export interface LoadedPage {
  page: RunsPage
  columns: ReadonlyMap<string, PageColumn>
}

const loaded = new WeakMap<RunsPage, LoadedPage>()
const assembled = new WeakMap<RunsPage, { pages: readonly RunsPage[]; rows: readonly RunTableRow[] }>()

function loadedPage(page: RunsPage): LoadedPage {
  const known = loaded.get(page)
  if (known) return known
  const made = { page, columns: new Map(page.columns.map(column => [column.operand, column])) }
  loaded.set(page, made)
  return made
}

/** Rows of one window, its columns spread over several pages of the same runs; the first page decides which runs they are. */
export function assembleRows(pages: readonly RunsPage[]): readonly RunTableRow[] {
  const [first] = pages
  if (!first) return []
  const known = assembled.get(first)
  if (known && known.pages.length === pages.length && known.pages.every((page, index) => page === pages[index])) return known.rows
  // A page fetched before a run came or went may hold other runs: its cells would stand in the wrong rows.
  const fitting = pages.filter(
    page => page.rows.length === first.rows.length && page.rows.every((row, index) => row.id === first.rows[index]?.id),
  )
  const parts = fitting.map(loadedPage)
  const rows = first.rows.map((run, at) => ({ run, at, pages: parts }))
  assembled.set(first, { pages, rows })
  return rows
}

/** Value of a cell as it came, null where the run has none, undefined while its column is not here yet. */
export function cellValue(row: RunTableRow, id: string): CellValue | null | undefined {
  for (const { columns } of row.pages) {
    const column = columns.get(id)
    if (column) return column.values[row.at] ?? null
  }
  return undefined
}

/** Step at which a cell's value was logged, null where there is none. */
export function cellStep(row: RunTableRow, id: string): Int64 | null {
  for (const { columns } of row.pages) {
    const column = columns.get(id)
    if (column) return column.steps?.[row.at] ?? null
  }
  return null
}

/** What is known of a column from the pages that came: it decides how all its cells are written. */
export interface ColumnInfo {
  type: PageColumn['type']
  numeric: boolean
  range: PageColumn['range']
  format: NumberFormat
  /** Characters of the longest number and the longest step, so that they line up and none is cut. */
  valueLength: number
  stepLength: number
}

export type ColumnInfos = ReadonlyMap<string, ColumnInfo>

/** Adds what new pages say of their columns. Lengths never shrink while scrolling; the same map where nothing is new. */
export function mergeInfos(known: ColumnInfos, pages: Iterable<RunsPage>): ColumnInfos {
  let merged: Map<string, ColumnInfo> | null = null
  for (const page of pages) {
    for (const column of page.columns) {
      const before = (merged ?? known).get(column.operand)
      const after = mergeInfo(before, column)
      if (before === after) continue
      merged ??= new Map(known)
      merged.set(column.operand, after)
    }
  }
  return merged ?? known
}

const lengths = new WeakMap<PageColumn, { format: NumberFormat; valueLength: number; stepLength: number }>()

function mergeInfo(before: ColumnInfo | undefined, column: PageColumn): ColumnInfo {
  const range = before?.range ?? column.range
  const format = before?.range ? before.format : numberFormat(range)
  const { valueLength, stepLength } = measure(column, format)
  if (before && before.range === range && before.valueLength >= valueLength && before.stepLength >= stepLength) return before
  return {
    type: column.type,
    numeric: column.numeric || column.type !== 'text',
    range,
    format,
    valueLength: Math.max(before?.valueLength ?? 0, valueLength),
    stepLength: Math.max(before?.stepLength ?? 0, stepLength),
  }
}

function measure(column: PageColumn, format: NumberFormat): { valueLength: number; stepLength: number } {
  const known = lengths.get(column)
  if (known && known.format.decimals === format.decimals) return known
  let valueLength = 0
  const take = (value: number) => {
    valueLength = Math.max(valueLength, formatNumber(value, format).length)
  }
  if (column.type === 'number') {
    for (const value of column.values) if (value !== null) take(fromFloat64(value as Float64))
    // The spread of all runs counts from the start, since each later change of a width draws the whole table anew.
    if (column.range) [column.range.min, column.range.max].forEach(take)
  }
  // Where nothing but step 0 was logged, steps say nothing and take no room.
  const tells = column.steps?.some(step => step !== null && step !== 0) ?? false
  const stepLength = tells ? Math.max(...(column.steps ?? []).map(step => (step === null ? 0 : formatStep(step).length))) : 0
  const measured = { format, valueLength, stepLength }
  lengths.set(column, measured)
  return measured
}
