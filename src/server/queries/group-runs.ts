import { ApiError } from '#contract/api-error.ts'
import { mostGroupedRuns } from '#contract/group-window.ts'
import { parseOperand } from '#contract/operand-text.ts'
import type { Parsed } from '#contract/operations.ts'
import { mostGroups, type RunGroups } from '#contract/run-groups.ts'
import type { Column } from '#server/store/column.ts'

import { textAt } from './list-runs.ts'
import { findProject, type Reader } from './reader.ts'
import { selectRuns } from './select-runs.ts'

interface Group {
  values: (string | null)[]
  positions: number[]
}

/** Groups of the runs that a view lets through by what they have of some operands; the largest ones. */
export function groupRuns(reader: Reader, input: Parsed<'runGroups'>): RunGroups {
  const { no } = findProject(reader, input.project)
  const index = reader.columns.index(no)
  const columns = input.by.map(text => columnOf(reader, no, text))
  const { order, total } = selectRuns(reader, no, input)
  const groups = new Map<string, Group>()
  for (const at of order.page(0, total)) {
    const key = columns.map(column => keyAt(column, at)).join(' ')
    const group = groups.get(key)
    if (group) group.positions.push(at)
    else groups.set(key, { values: columns.map(column => valueAt(column, at)), positions: [at] })
  }
  const largest = [...groups.values()]
    .toSorted((a, b) => b.positions.length - a.positions.length || compareValues(a.values, b.values))
    .slice(0, mostGroups)
  const shares = fairShares(
    largest.map(({ positions }) => positions.length),
    mostGroupedRuns,
  )
  return {
    total,
    distinct: groups.size,
    groups: largest
      .map(({ values, positions }, group) => ({
        values,
        total: positions.length,
        runs: positions.slice(0, shares[group]).map(at => index.ids[at] ?? ''),
      }))
      .toSorted((a, b) => compareValues(a.values, b.values)),
  }
}

function columnOf(reader: Reader, project: number, text: string): Column {
  const operand = parseOperand(text)
  if ('message' in operand) throw new ApiError('invalid', `by: ${text}: ${operand.message}`)
  if (operand.kind === 'metric') throw new ApiError('invalid', `by: ${text} is a metric, expected a param, a tag or an attribute.`)
  return reader.columns.column(project, operand)
}

function keyAt(column: Column, at: number): string {
  if (column.kind === 'number') return column.present[at] ? String(column.numbers[at]) : ''
  const more = column.more?.get(at)
  return more ? `${column.codes[at]},${more.join(',')}` : String(column.codes[at])
}

function valueAt(column: Column, at: number): string | null {
  if (column.kind === 'text') return textAt(column, at)
  return column.present[at] ? String(column.numbers[at]) : null
}

const collator = new Intl.Collator('en', { numeric: true })

/** Numbers by their size, before texts; what is missing last. */
function compareValues(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (const [at, value] of a.entries()) {
    const other = b[at] ?? null
    if (value === other) continue
    if (value === null || other === null) return value === null ? 1 : -1
    const [number, otherNumber] = [Number(value), Number(other)]
    if (!Number.isNaN(number - otherNumber) && number !== otherNumber) return number - otherNumber
    return collator.compare(value, other) || (value < other ? -1 : 1)
  }
  return 0
}

/** So many of each that they are `most` together: small ones whole, large ones alike. */
function fairShares(sizes: readonly number[], most: number): number[] {
  let share = most
  for (let left = most, rest = [...sizes].sort((a, b) => a - b); rest.length > 0; rest = rest.slice(1)) {
    share = Math.floor(left / rest.length)
    if ((rest[0] ?? 0) > share) break
    left -= rest[0] ?? 0
    share = most
  }
  return sizes.map(size => Math.min(size, share))
}
