import { ApiError } from '#contract/api-error.ts'
import { toFloat64, type Int64 } from '#contract/int64.ts'
import { parseOperand, printOperand } from '#contract/operand-text.ts'
import type { Operand } from '#contract/operand.ts'
import type { Parsed } from '#contract/operations.ts'
import { runStatuses, type RunStatus } from '#contract/run.ts'
import type { PageColumn, RunRow, RunsPage } from '#contract/runs-page.ts'
import type { Column, NumberColumn, TextColumn } from '#server/store/column.ts'
import type { RunIndex } from '#server/store/run-index.ts'

import { columnRange, numericTexts } from './column-range.ts'
import { findProject, type Reader } from './reader.ts'
import { selectRuns } from './select-runs.ts'

function countAll(index: RunIndex, deleted: 'exclude' | 'include' | 'only'): number {
  if (deleted === 'include') return index.size
  let gone = 0
  for (let position = 0; position < index.size; position += 1) gone += index.deleted[position]!
  return deleted === 'only' ? gone : index.size - gone
}

function operandOf(text: string): Operand {
  const parsed = parseOperand(text)
  if ('message' in parsed) throw new ApiError('invalid', `Column ${text}: ${parsed.message}`)
  return parsed
}

/** Positions in ascending order, each once, and where those of the page and of the sample stand among them. */
interface Wanted {
  all: Uint32Array
  page: Uint32Array
  sample: Uint32Array
}

function wantedPositions(page: Uint32Array, sample: Uint32Array): Wanted {
  const all = Uint32Array.from(new Set([...page, ...sample])).sort()
  const places = new Map(Array.from(all, (at, place) => [at, place]))
  const within = (positions: Uint32Array) => positions.map(at => places.get(at) ?? 0)
  return { all, page: within(page), sample: within(sample) }
}

function pageColumn(
  operand: Operand,
  { column, numeric }: { column: Column; numeric?: boolean },
  positions: Uint32Array,
  sample: Uint32Array,
): PageColumn {
  const range = columnRange(column, sample)
  const shared = { operand: printOperand(operand), type: column.type, ...(range ? { range } : {}) }
  if (column.kind === 'text') {
    const values = Array.from(positions, at => textAt(column, at))
    return { ...shared, numeric: numeric ?? allNumeric(column), values }
  }
  const { numbers, present, steps } = column
  const values = Array.from(positions, at => (present[at] ? toFloat64(numbers[at] ?? Number.NaN) : null))
  return steps ? { ...shared, numeric: true, values, steps: stepsAt(column, steps, positions) } : { ...shared, numeric: true, values }
}

/** A text, or several of them with commas between. */
export function textAt({ codes, texts, more }: TextColumn, at: number): string | null {
  const code = codes[at] ?? 0
  if (code === 0) return null
  const others = more?.get(at)
  return others ? [code, ...others].map(each => texts[each]).join(', ') : (texts[code] ?? null)
}

function allNumeric(column: TextColumn): boolean {
  return column.texts.length > 1 && numericTexts(column) === column.texts.length - 1
}

function stepsAt({ present, wideSteps }: NumberColumn, steps: Float64Array, positions: Uint32Array): (Int64 | null)[] {
  const wide = wideSteps && wideSteps.size > 0 ? wideSteps : null
  // Every step that is not among the wide ones is a safe integer.
  return Array.from(positions, at => (present[at] ? (wide?.get(at) ?? steps[at] ?? 0) : null))
}

/** One window of the run table. The same input gives the same rows until a run changes; errors carry the position in the filter. */
export function listRuns(reader: Reader, input: Parsed<'runsPage'>): RunsPage {
  const { no } = findProject(reader, input.project)
  const index = reader.columns.index(no)
  const { total, sample, order } = selectRuns(reader, no, input)
  const positions = order.page(input.offset, input.limit)
  const status = reader.columns.column(no, { kind: 'attribute', key: 'status' })
  const rows = Array.from(positions, (at): RunRow => {
    return {
      id: index.ids[at] ?? '',
      name: index.names[at] ?? '',
      status: statusAt(status, at),
      deleted: index.deleted[at] === 1,
      conflict: index.conflict[at] === 1,
      missing: index.missing[at] === 1,
    }
  })
  let wanted: Wanted | undefined
  const columns = input.columns.map(text => {
    const operand = operandOf(text)
    const held = reader.columns.held(no, operand)
    if (held) return pageColumn(operand, { column: held }, positions, sample)
    wanted ??= wantedPositions(positions, sample)
    const shown = reader.columns.shown(no, operand, wanted.all)
    return shown.partial ? pageColumn(operand, shown, wanted.page, wanted.sample) : pageColumn(operand, shown, positions, sample)
  })
  return { total, all: countAll(index, input.deleted), offset: input.offset, rows, columns }
}

function statusAt(column: Column, at: number): RunStatus {
  const text = column.kind === 'text' ? column.texts[column.codes[at] ?? 0] : undefined
  return runStatuses.find(status => status === text) ?? 'running'
}
