import { readFileSync } from 'node:fs'
import path from 'node:path'

import { type Float64, fromFloat64 } from '#contract/int64.ts'
import { numberOfText } from '#contract/number-text.ts'
import { attributes, type Operand } from '#contract/operand.ts'
import type { RunStatus } from '#contract/run.ts'
import type { Column, NumberColumn, TextColumn } from '#server/store/column.ts'

/** A run of the specification's data set. Times in ms since the epoch; a metric's points lie at the steps 0, 1, …. */
export interface CaseRun {
  id: string
  name: string
  /** False where MLflow's client refuses the keys. */
  loggable: boolean
  status: RunStatus
  user: string | null
  start: number | null
  end: number | null
  source: string | null
  params: Record<string, string>
  metrics: Record<string, Float64[]>
  tags: Record<string, string>
  datasets?: { name: string; digest: string; context: string }[]
}

/** The specification of the filter language: `cases.json`, read by the tests of this side and of the Python clients. */
export interface FilterCases {
  now: number
  runs: CaseRun[]
  /** `only` marks those that need the clock at `now`, the ids of the data set, or an attribute that a client always logs. */
  cases: { filter: string; runs: string[]; why?: string; only?: 'evaluator' }[]
  /** `runs` is what MLflow 3.17 answers, from its SQLite store and its file store alike; `readout` what Readout answers where it differs. */
  mlflow: { filter: string; runs: string[]; readout?: string[]; why?: string }[]
  errors: { filter: string; start: number; end: number; message: string; nearest?: string }[]
}

export function readCases(): FilterCases {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'cases.json'), 'utf8')) as FilterCases
}

/** What a run has for an operand, as the store keeps it; undefined where it has none, a list where it may have several. */
export function valueOf(run: CaseRun, operand: Operand): string | number | string[] | undefined {
  if (operand.kind === 'metric') return aggregateOf(run.metrics[operand.key]?.map(fromFloat64), operand.aggregate)
  if (operand.kind === 'param') return run.params[operand.key]
  if (operand.kind === 'tag') return run.tags[operand.key]
  const field = datasetField(operand.key)
  if (field) {
    const values = (run.datasets ?? []).map(dataset => dataset[field]).filter(value => value !== '')
    return values.length > 0 ? values : undefined
  }
  const { start, end } = run
  const facts: Partial<Record<typeof operand.key, string | number | null>> = {
    run_name: run.name,
    run_id: run.id,
    status: run.status,
    start_time: start,
    end_time: end,
    duration: start === null || end === null ? null : end - start,
    user_id: run.user,
    source: run.source,
    points: Object.values(run.metrics).flat().length,
  }
  return facts[operand.key] ?? undefined
}

function datasetField(key: string): 'name' | 'digest' | 'context' | undefined {
  return (['name', 'digest', 'context'] as const).find(field => key === `datasets.${field}`)
}

function aggregateOf(values: number[] | undefined, aggregate: Extract<Operand, { kind: 'metric' }>['aggregate']): number | undefined {
  if (!values || values.length === 0) return undefined
  if (aggregate === 'first') return values[0]
  if (aggregate === 'last') return values.at(-1)
  if (aggregate === 'count') return values.length
  const finite = values.filter(Number.isFinite)
  if (finite.length === 0) return undefined
  if (aggregate === 'mean') return finite.reduce((sum, value) => sum + value, 0) / finite.length
  return aggregate === 'min' ? Math.min(...finite) : Math.max(...finite)
}

/** A column as the store would load it, with room behind the last run that holds what must not be read. */
export function columnOf(runs: readonly CaseRun[], operand: Operand): Column {
  const values = runs.map(run => valueOf(run, operand))
  const type = operand.kind === 'metric' ? 'number' : operand.kind === 'attribute' ? attributes[operand.key] : 'text'
  return type === 'text' || type === 'status' ? textColumn(values, type) : numberColumn(values, type)
}

type Value = ReturnType<typeof valueOf>

function numberColumn(values: Value[], type: NumberColumn['type']): NumberColumn {
  const numbers = new Float64Array(values.length + 3).fill(0.5)
  const present = new Uint8Array(values.length + 3).fill(1)
  for (const [index, value] of values.entries()) {
    if (typeof value === 'number') numbers[index] = value
    else present[index] = 0
  }
  return { kind: 'number', type, numbers, present, steps: null, wideSteps: null }
}

function textColumn(values: Value[], type: TextColumn['type']): TextColumn {
  const texts = ['']
  const known = new Map<string, number>()
  const more = new Map<number, number[]>()
  const codes = new Uint32Array(values.length + 3)
  for (const [index, value] of values.entries()) {
    if (value === undefined || typeof value === 'number') continue
    const [first = 0, ...others] = [value].flat().map(text => {
      const code = known.get(text) ?? texts.push(text) - 1
      known.set(text, code)
      return code
    })
    codes[index] = first
    if (others.length > 0) more.set(index, others)
  }
  const numbers = texts.map(text => numberOfText(text))
  return {
    kind: 'text',
    type,
    codes,
    texts,
    numbers: numbers.map(number => number ?? Number.NaN),
    isNumber: numbers.map(number => number !== undefined),
    more,
  }
}
