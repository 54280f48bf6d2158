import { ApiError } from '#contract/api-error.ts'
import { toApiError } from '#contract/filter/error.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import { parseSort } from '#contract/operand-text.ts'
import type { Parsed } from '#contract/operations.ts'
import type { RunIndex } from '#server/store/run-index.ts'

import { samplePositions } from './column-range.ts'
import { compileFilter } from './filter/evaluate.ts'
import { RunOrder } from './filter/order.ts'
import { withForeignIds } from './filter/run-ids.ts'
import { usesNow } from './filter/uses-now.ts'
import type { Reader } from './reader.ts'

type Asked = Pick<Parsed<'runsPage'>, 'filter' | 'sort' | 'deleted'>

export interface SelectedRuns {
  /** Runs that match. */
  total: number
  /** Positions at even distances among them (`samplePositions`). */
  sample: Uint32Array
  order: RunOrder
}

/** Selections kept of a project; half a megabyte each at 100,000 runs. */
const kept = 8
/** A project's index is another object whenever one of its runs changed, and what was selected by the old one goes with it. */
const selections = new WeakMap<RunIndex, Map<string, SelectedRuns>>()

/** The runs of a project that a filter and the `deleted` view let through, in order. Pages of one view share the work. */
export function selectRuns(reader: Reader, project: number, asked: Asked): SelectedRuns {
  const index = reader.columns.index(project)
  const known = selections.get(index) ?? new Map<string, SelectedRuns>()
  selections.set(index, known)
  const key = JSON.stringify([asked.filter, asked.sort, asked.deleted])
  const before = known.get(key)
  known.delete(key)
  if (before) {
    known.set(key, before)
    return before
  }
  const { matches, lasting } = matchRuns(reader, project, asked)
  const sorts = asked.sort.map(text => {
    const sort = parseSort(text)
    if ('message' in sort) throw new ApiError('invalid', `Sort ${text}: ${sort.message}`)
    return { column: reader.columns.column(project, sort.operand), descending: sort.descending }
  })
  const order = new RunOrder(matches, sorts, { start: index.started, ids: index.foreignIds }, index.size)
  const selected = { total: order.total, sample: samplePositions(matches, order.total), order }
  if (!lasting) return selected
  known.set(key, selected)
  const [oldest] = known.keys()
  if (known.size > kept && oldest !== undefined) known.delete(oldest)
  return selected
}

/** One byte a run; `lasting` where the same filter lets the same runs through a moment later. */
function matchRuns(reader: Reader, project: number, { filter, deleted }: Asked): { matches: Uint8Array; lasting: boolean } {
  const index = reader.columns.index(project)
  const parsed = parseFilter(filter)
  if (!parsed.ok) throw toApiError(parsed.error)
  const matches = new Uint8Array(index.size).fill(1)
  let lasting = true
  if (parsed.filter) {
    lasting = !usesNow(parsed.filter)
    const compiled = compileFilter(withForeignIds(parsed.filter, index), { now: Date.now() })
    const columns = compiled.operands.map(operand => reader.columns.column(project, operand))
    matches.set(compiled.run(columns, index.size))
  }
  if (deleted !== 'include') {
    const wanted = deleted === 'only' ? 1 : 0
    for (let position = 0; position < index.size; position += 1) if (index.deleted[position] !== wanted) matches[position] = 0
  }
  return { matches, lasting }
}
