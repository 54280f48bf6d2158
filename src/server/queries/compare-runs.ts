import { ApiError } from '#contract/api-error.ts'
import type { ComparedRun, Comparison, MetricRow, TextRow } from '#contract/comparison.ts'
import { toFloat64, toInt64 } from '#contract/int64.ts'
import type { Parsed } from '#contract/operations.ts'
import type { RunStatus } from '#contract/run.ts'
import { statementOf } from '#server/store/database.ts'
import { keyList } from '#server/store/keys.ts'
import type { RunDetails } from '#server/store/prepared.ts'

import { findRun, type Reader, type RunRef } from './reader.ts'

/** Runs side by side, by row: what each logged of a key. What is not here is named, and the others are compared. */
export function compareRuns(reader: Reader, input: Parsed<'comparison'>): Comparison {
  const missing: Comparison['missing'] = []
  const found = new Map<number, RunRef & { asked: string }>()
  for (const asked of new Set(input.runs)) {
    try {
      const run = findRun(reader, asked)
      if (!found.has(run.no)) found.set(run.no, { ...run, asked })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      missing.push({ asked, reason: error.message })
    }
  }
  const runs = [...found.values()]
  const projects = [...Map.groupBy(runs.keys(), at => runs[at]?.project ?? 0)].map(([project, places]) => ({ project, places }))
  const texts = new TextRows(runs.length)
  const metrics = new Map<string, MetricRow>()
  for (const { project, places } of projects) {
    const at = new Map(places.map(place => [runs[place]?.no ?? 0, place]))
    readTexts(reader, project, at, texts)
    readMetrics(reader, project, at, metrics, runs.length)
  }
  return {
    runs: runs.map(run => factsOf(reader, run)),
    missing,
    params: texts.of('param'),
    tags: texts.of('tag'),
    metrics: [...metrics.values()].sort(byKey),
  }
}

function factsOf({ database }: Reader, { no, asked }: RunRef & { asked: string }): ComparedRun {
  const row = statementOf(
    database,
    'select run.*, project.id as project_id, project.name as project_name from run join project on project.no = project where run.no = ?',
  ).get(no)
  if (!row) throw new ApiError('not_found', `No run ${asked} in this home.`)
  const detail = JSON.parse(String(row['detail'])) as RunDetails
  const time = (name: string) => (row[name] === null ? null : Number(row[name]))
  return {
    asked,
    id: String(row['id']),
    foreignId: String(row['foreign_id']),
    name: String(row['name']),
    project: { id: String(row['project_id']), name: String(row['project_name']) },
    status: row['status'] as RunStatus,
    user: String(row['user']),
    start: time('started'),
    end: time('ended'),
    host: String(row['host']),
    git: { commit: String(row['git_commit']), branch: detail.gitBranch, repository: detail.gitRepository, dirty: detail.gitDirty },
    command: String(row['command']),
    framework: detail.framework,
    deletedAt: time('deleted_at'),
    conflict: row['conflict'] === 1,
    missing: row['missing'] === 1,
    datasets: detail.datasets.map(({ name, digest, context }) => ({ name, digest, context })),
    models: detail.models.flatMap(({ model, direction }) => (direction === 'output' ? [model] : [])),
  }
}

/** Numbers of the keys that any of the runs has, and of the runs, as JSON arrays for `json_each`. */
function asked({ database }: Reader, column: 'metrics' | 'texts', runs: Iterable<number>): [keys: string, runs: string] {
  const statement = statementOf(database, `select ${column} as keys from run_keys where run = ?`)
  const numbers = [...runs]
  const keys = new Set(numbers.flatMap(run => [...keyList(statement.get(run)?.['keys'])]))
  return [JSON.stringify([...keys]), JSON.stringify(numbers)]
}

// A statement for each value would take as long again as all else: 200 runs with 500 params are 100,000 of them.
const each = 'from json_each(?) as k cross join json_each(?) as r cross join'

function readTexts(reader: Reader, project: number, at: ReadonlyMap<number, number>, rows: TextRows): void {
  const statement = statementOf(
    reader.database,
    `select fact.run as run, kind, name, text ${each} fact on project = ? and fact.key = k.value and fact.run = r.value cross join key on key.no = k.value`,
  )
  statement.setReturnArrays(true)
  const found = statement.all(...asked(reader, 'texts', at.keys()), project) as unknown as [number, 'param' | 'tag', string, string][]
  for (const [run, kind, name, text] of found) rows.set(kind, name, at.get(run) ?? 0, text)
}

function readMetrics(reader: Reader, project: number, at: ReadonlyMap<number, number>, rows: Map<string, MetricRow>, width: number): void {
  const statement = statementOf(
    reader.database,
    `select name, metric.* ${each} metric on project = ? and metric.key = k.value and metric.run = r.value cross join key on key.no = k.value`,
  )
  statement.setReadBigInts(true)
  for (const row of statement.iterate(...asked(reader, 'metrics', at.keys()), project)) {
    const name = String(row['name'])
    const known = rows.get(name) ?? emptyRow(name, width)
    rows.set(name, known)
    const place = at.get(Number(row['run'])) ?? 0
    const count = Number(row['count'])
    const hasFinite = count > Number(row['nan']) + Number(row['positive_infinity']) + Number(row['negative_infinity'])
    const value = (column: string) => toFloat64(row[column] === null ? Number.NaN : Number(row[column]))
    const step = (column: string) => toInt64(row[column] as bigint)
    known.count[place] = count
    known.last[place] = value('last')
    known.lastStep[place] = step('last_step')
    if (!hasFinite) continue
    known.min[place] = value('min')
    known.minStep[place] = step('min_step')
    known.max[place] = value('max')
    known.maxStep[place] = step('max_step')
  }
}

function emptyRow(key: string, width: number): MetricRow {
  const nulls = () => Array.from({ length: width }, () => null)
  return {
    key,
    count: nulls().map(() => 0),
    last: nulls(),
    lastStep: nulls(),
    min: nulls(),
    minStep: nulls(),
    max: nulls(),
    maxStep: nulls(),
  }
}

/** Params and tags by key, each value held once. */
class TextRows {
  readonly #rows = {
    param: new Map<string, { row: TextRow; places: Map<string, number> }>(),
    tag: new Map<string, { row: TextRow; places: Map<string, number> }>(),
  }
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  set(kind: 'param' | 'tag', key: string, run: number, text: string): void {
    let known = this.#rows[kind].get(key)
    if (!known) {
      known = { row: { key, texts: [], at: Array.from({ length: this.#width }, () => -1) }, places: new Map() }
      this.#rows[kind].set(key, known)
    }
    let place = known.places.get(text)
    if (place === undefined) {
      place = known.row.texts.push(text) - 1
      known.places.set(text, place)
    }
    known.row.at[run] = place
  }

  of(kind: 'param' | 'tag'): TextRow[] {
    return [...this.#rows[kind].values()].map(({ row }) => row).sort(byKey)
  }
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1
}
