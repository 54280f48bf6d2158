import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

import { numberOfText } from '#contract/number-text.ts'
import { attributes, type Aggregate, type Attribute, type Operand } from '#contract/operand.ts'

import type { Column, NumberColumn, TextColumn } from './column.ts'
import { statementOf } from './database.ts'
import type { RunIndex } from './run-index.ts'

type Row = SQLOutputValue[]
/** Runs in the order of their numbers. */
type Runs = Pick<RunIndex, 'project' | 'size' | 'numbers'>

/** Steps come as numbers where a float64 holds them, else as digits: node:sqlite throws for integers beyond 2^53. */
const exactStep = (name: string) => `case when abs(${name}) <= 9007199254740991 then ${name} else cast(${name} as text) end`

const metricValues: Record<Aggregate, string> = {
  last: `last, ${exactStep('last_step')}`,
  first: `first, ${exactStep('first_step')}`,
  min: `min, ${exactStep('min_step')}, count - nan - positive_infinity - negative_infinity`,
  max: `max, ${exactStep('max_step')}, count - nan - positive_infinity - negative_infinity`,
  mean: 'sum / (count - nan - positive_infinity - negative_infinity), null, count - nan - positive_infinity - negative_infinity',
  count: 'count',
}

const attributeValues: Record<Attribute, string> = {
  run_name: 'name',
  run_id: 'foreign_id',
  status: 'status',
  start_time: 'started',
  end_time: 'ended',
  duration: 'ended - started',
  user_id: "nullif(user, '')",
  host: "nullif(host, '')",
  git_commit: "nullif(git_commit, '')",
  source: "nullif(command, '')",
  kind: "nullif(kind, '')",
  parent: "nullif(parent, '')",
  points: 'points',
  'datasets.name': datasetValues('name'),
  'datasets.digest': datasetValues('digest'),
  'datasets.context': datasetValues('context'),
}

/** The distinct values of all datasets of a run as a list in JSON, in the order in which they were logged; null where there is none. */
function datasetValues(field: string): string {
  return `(select nullif(json_group_array(value), '[]') from
    (select distinct value ->> '${field}' as value from json_each(detail, '$.datasets') where value ->> '${field}' <> ''))`
}

/** The fields that `datasetValues` gives. */
function isList(operand: Operand): boolean {
  return operand.kind === 'attribute' && operand.key.startsWith('datasets.')
}

/** Where the rows of an operand stand; undefined for a key that no run ever had. */
function sourceOf(database: DatabaseSync, index: Runs, operand: Operand) {
  if (operand.kind === 'attribute') {
    return { select: `select no, ${attributeValues[operand.key]} from run where project = ?`, run: 'no', bound: [index.project] }
  }
  const key = keyNumber(database, operand)
  if (key === undefined) return undefined
  const [values, table] = operand.kind === 'metric' ? [metricValues[operand.aggregate], 'metric'] : ['text', 'fact']
  return { select: `select run, ${values} from ${table} where project = ? and key = ?`, run: 'run', bound: [index.project, key] }
}

function keyNumber(database: DatabaseSync, { kind, key }: Operand): number | undefined {
  const row = statementOf(database, 'select no from key where kind = ? and name = ?').get(kind, key)
  return row === undefined ? undefined : Number(row['no'])
}

/** Runs of a project that have a key, and runs where it is a number, without a look at the runs. A field counts for all runs. */
export function keyCounts(database: DatabaseSync, index: RunIndex, operand: Operand): { runs: number; numbers: number } {
  if (operand.kind === 'attribute') return { runs: index.size, numbers: 0 }
  const row = database
    .prepare('select runs, numbers from key join project_key on key = no where kind = ? and name = ? and project = ?')
    .get(operand.kind, operand.key, index.project)
  return { runs: Number(row?.['runs'] ?? 0), numbers: Number(row?.['numbers'] ?? 0) }
}

function numberColumn(index: Runs, type: NumberColumn['type'], withSteps: boolean): NumberColumn {
  return {
    kind: 'number',
    type,
    numbers: new Float64Array(index.size).fill(Number.NaN),
    present: new Uint8Array(index.size),
    steps: withSteps ? new Float64Array(index.size) : null,
    wideSteps: withSteps ? new Map() : null,
  }
}

/**
 * One column over the runs of the index, missing where a run has no such key. `min`, `max` and `mean` are over finite values and
 * missing where there is none. Rows of runs that came after the index was made are passed over.
 */
export function loadColumn(database: DatabaseSync, index: RunIndex, operand: Operand): Column {
  const source = sourceOf(database, index, operand)
  if (!source) return columnOf(index, operand, [])
  const statement = database.prepare(`${source.select} order by ${source.run}`)
  statement.setReturnArrays(true)
  return columnOf(index, operand, statement.all(...source.bound) as unknown as Row[])
}

/**
 * The same column for the runs at some positions alone, in their order; `positions` ascend. A look-up a run: much cheaper than
 * the whole column while they are few.
 */
export function lookUpColumn(database: DatabaseSync, index: RunIndex, operand: Operand, positions: Uint32Array): Column {
  const runs = { project: index.project, size: positions.length, numbers: positions.map(at => index.numbers[at] ?? 0) }
  const source = sourceOf(database, index, operand)
  if (!source) return columnOf(runs, operand, [])
  const statement = statementOf(database, `${source.select} and ${source.run} = ?`)
  statement.setReturnArrays(true)
  const rows: Row[] = []
  for (const number of runs.numbers) {
    const row = statement.get(...source.bound, number) as unknown as Row | undefined
    if (row) rows.push(row)
  }
  return columnOf(runs, operand, rows)
}

function columnOf(index: Runs, operand: Operand, rows: readonly Row[]): Column {
  const type = operand.kind === 'metric' ? 'number' : operand.kind === 'attribute' ? attributes[operand.key] : 'text'
  if (type === 'text' || type === 'status') return textColumn(index, type, rows, isList(operand))
  const column = numberColumn(index, type, operand.kind === 'metric' && operand.aggregate !== 'mean' && operand.aggregate !== 'count')
  const finiteOnly = operand.kind === 'metric' && ['min', 'max', 'mean'].includes(operand.aggregate)
  let position = 0
  for (const [run, value, step, finite] of rows) {
    while (position < index.size && (index.numbers[position] ?? 0) < Number(run)) position += 1
    if (index.numbers[position] !== run) continue
    if (value === null && (operand.kind === 'attribute' || (finiteOnly && finite === 0))) continue
    column.numbers[position] = value === null ? Number.NaN : Number(value)
    column.present[position] = 1
    if (typeof step === 'number' && column.steps) column.steps[position] = step
    else if (typeof step === 'string') column.wideSteps?.set(position, step)
  }
  return column
}

function textColumn(index: Runs, type: TextColumn['type'], rows: readonly Row[], lists: boolean): TextColumn {
  const column: TextColumn = {
    kind: 'text',
    type,
    codes: new Uint32Array(index.size),
    texts: [''],
    numbers: [Number.NaN],
    isNumber: [false],
    more: lists ? new Map() : null,
  }
  const codes = new Map<string, number>()
  const codeOf = (text: string): number => {
    const known = codes.get(text)
    if (known !== undefined) return known
    const code = column.texts.push(text) - 1
    codes.set(text, code)
    const number = numberOfText(text)
    column.isNumber.push(number !== undefined)
    column.numbers.push(number ?? Number.NaN)
    return code
  }
  let position = 0
  for (const [run, value] of rows) {
    while (position < index.size && (index.numbers[position] ?? 0) < Number(run)) position += 1
    if (index.numbers[position] !== run || value === null) continue
    if (!column.more) {
      column.codes[position] = codeOf(String(value))
      continue
    }
    const [first = 0, ...others] = (JSON.parse(String(value)) as string[]).map(codeOf)
    column.codes[position] = first
    if (others.length > 0) column.more.set(position, others)
  }
  return column
}

/** Bytes that a column holds, roughly. */
export function columnBytes(column: Column): number {
  if (column.kind === 'number') return column.numbers.byteLength + column.present.byteLength + (column.steps?.byteLength ?? 0)
  return column.codes.byteLength + column.texts.reduce((sum, text) => sum + text.length * 2 + 32, 0)
}
