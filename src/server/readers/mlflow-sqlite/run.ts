import { createHash, type Hash } from 'node:crypto'
import { statSync } from 'node:fs'

import type { Meta } from '#server/readers/mlflow/meta-yaml.ts'
import { runFacts } from '#server/readers/mlflow/run-facts.ts'
import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { DatasetRecord, ModelLinkRecord, RunRecord, SeriesRecord, SourceRecord } from '#server/readers/record.ts'

import type { ArtifactFolders } from './artifact-folders.ts'
import type { ForeignDatabase } from './foreign-database.ts'
import { type Block, readPoints, RowFaults, stepOf } from './metrics.ts'
import { type OpenDatabase, text } from './open-database.ts'

/** Raised when the reader reads something differently, so that runs stored by an earlier one are read anew. */
const readerVersion = 1
/** A run with more points is read twice, for its digest and then for them, so that they are never all in memory. */
const heldPoints = 262_144
/** A file that was written to so lately may be again in a moment. */
const liveMs = 60_000

/** All that a database says of a run besides its points. */
export interface RunFound {
  record: RunRecord
  /** Rows of its metrics. */
  rows: number
  /** Hash over the facts: another one when one of them changed. */
  facts: string
}

/** Columns of `runs` under the names that they have in a `meta.yaml`. */
const runColumns: readonly (readonly [column: string, meta: string])[] = [
  ['name', 'run_name'],
  ['source_type', 'source_type'],
  ['source_name', 'source_name'],
  ['entry_point_name', 'entry_point_name'],
  ['user_id', 'user_id'],
  ['status', 'status'],
  ['start_time', 'start_time'],
  ['end_time', 'end_time'],
  ['source_version', 'source_version'],
  ['lifecycle_stage', 'lifecycle_stage'],
  ['deleted_time', 'deleted_time'],
]

/** Reads the facts of a run; null where the database has no such run. */
export function findRun(open: OpenDatabase, id: string, folders: ArtifactFolders): RunFound | null {
  const names = runColumns.map(([column]) => column)
  const sql = `select cast(runs.experiment_id as text), ${open.column('runs', 'artifact_uri')}, ${open.columns('runs', names)}
    from runs where run_uuid = ?`
  const row = open.get(sql, id)
  if (!row) return null
  const [experiment, uri, ...values] = row
  const project = text(experiment)
  const meta: Meta = new Map()
  for (const [at, [, name]] of runColumns.entries()) meta.set(name, values[at] === null ? null : text(values[at]))
  const params = pairsOf(open, 'params', id)
  const tags = pairsOf(open, 'tags', id)
  const links = linksOf(open, id)
  const facts = runFacts(meta, new Map(tags), id, isDeleted(open, project))
  const artifacts = folders.ofRun(project, id, text(uri), facts.status === 'running')
  const marks = [
    readerVersion,
    project,
    [...meta],
    params,
    tags,
    links.datasets,
    links.models.map(link => ({ ...link, step: String(link.step) })),
    facts.deletedAt,
    artifacts,
  ]
  const hash = createHash('sha1').update(JSON.stringify(marks)).digest('hex')
  const [count, first, last] = open.get(`select count(*), min("metrics".rowid), max("metrics".rowid) ${open.ofRun('metrics')}`, id) ?? []
  const latest = open.has('latest_metrics')
    ? open.all(
        `select "key", value, is_nan, cast(step as text), cast(timestamp as text) ${open.ofRun('latest_metrics')} order by "key"`,
        id,
      )
    : []
  const record: RunRecord = {
    type: 'run',
    foreignId: id,
    projectForeignId: project,
    path: `${project}/${id}`,
    ...facts,
    params,
    tags,
    series: [],
    ...links,
    artifacts,
    digest: '',
    fingerprint: createHash('sha1')
      .update(JSON.stringify([hash, count, first, last, latest]))
      .digest('hex'),
  }
  return { record, rows: Number(count), facts: hash }
}

/** Runs of a deleted experiment are deleted too. */
function isDeleted(open: OpenDatabase, experiment: string): boolean {
  const sql = `select ${open.column('experiments', 'lifecycle_stage')} from experiments where experiment_id = cast(? as integer)`
  return open.get(sql, experiment)?.[0] === 'deleted'
}

function pairsOf(open: OpenDatabase, table: 'params' | 'tags', run: string): [string, string][] {
  if (!open.has(table)) return []
  return open.all(`select "key", value ${open.ofRun(table)} order by "key"`, run).map(([key, value]) => [text(key), text(value)])
}

/** Datasets (MLflow 2.4) and models (3.0) that a run used or made. */
function linksOf(open: OpenDatabase, run: string): { datasets: DatasetRecord[]; models: ModelLinkRecord[] } {
  if (!open.has('inputs')) return { datasets: [], models: [] }
  const context = open.has('input_tags')
    ? `(select value from input_tags where input_tags.input_uuid = inputs.input_uuid and input_tags.name = 'mlflow.data.context')`
    : 'null'
  const names = open.columns('datasets', ['name', 'digest', 'dataset_source_type', 'dataset_source'])
  const datasets = open
    .all(
      `select inputs.source_id, ${context}, ${names} from inputs ${open.has('datasets') ? 'left join datasets on dataset_uuid = source_id' : ''}
       where destination_type = 'RUN' and destination_id = ? and inputs.source_type = 'DATASET' order by inputs.rowid`,
      run,
    )
    .map(([id, used, name, digest, sourceType, source]) => ({
      // One that the table of datasets does not have is known by its id alone.
      name: name === null ? text(id) : text(name),
      digest: text(digest),
      sourceType: text(sourceType),
      source: text(source),
      context: text(used),
    }))
  const models = open
    .all(
      `select destination_id, destination_type, ${open.integer('inputs', 'step', '0')} from inputs
       where source_type in ('RUN_INPUT', 'RUN_OUTPUT') and source_id = ? order by rowid`,
      run,
    )
    .map(([model, kind, step]): ModelLinkRecord => ({
      model: text(model),
      direction: kind === 'MODEL_INPUT' ? 'input' : 'output',
      step: stepOf(step) ?? 0,
    }))
  return { datasets, models }
}

/** Where following a run goes on: behind the last row that was read of it. */
export interface RunTail {
  row: number
  rows: number
  facts: string
  running: boolean
}

/**
 * Reads one run: its record, then the points of a long one; rows without a point become issues. `onEnd` is told where to go on.
 * Throws SQLite's error or `BusyError`.
 */
export function* readRun(
  database: ForeignDatabase,
  found: RunFound,
  known: string | undefined,
  onEnd?: (tail: RunTail, faults: RowFaults) => void,
): Generator<SourceRecord | UnchangedRecord, void> {
  const { record, rows, facts } = found
  const { foreignId } = record
  if (known === record.fingerprint) {
    yield { type: 'unchanged', foreignId }
    return
  }
  const faults = new RowFaults()
  const digest = createHash('sha1').update(facts)
  const held: Block[] = []
  let row = 0
  let read = 0
  for (const block of readPoints(database, foreignId, 0, faults)) {
    addToDigest(digest, block)
    row = block.row
    read += block.points
    if (rows <= heldPoints) held.push(block)
  }
  const bad = faults.reasons()
  // The points of a long run come after its record: where the file is being written to, they may be cut short.
  const mayBreak = rows > heldPoints && Date.now() - statSync(database.file).mtimeMs < liveMs
  const fingerprint = bad.length === 0 && read === rows && !mayBreak ? record.fingerprint : ''
  yield { ...record, series: joined(held), digest: digest.digest('hex'), fingerprint }
  if (rows > heldPoints) {
    for (const block of readPoints(database, foreignId, 0, new RowFaults())) {
      for (const part of block.series) yield { type: 'points', runForeignId: foreignId, series: part }
      // What came after the first pass comes with the next reading.
      if (block.row >= row) break
    }
  }
  for (const reason of bad) yield { type: 'issue', path: database.file, line: null, reason }
  onEnd?.({ row, rows: read + faults.count, facts, running: record.status === 'running' }, faults)
}

/** The blocks of a run as one series a metric, in the order of their names. */
function joined(blocks: readonly Block[]): SeriesRecord[] {
  const series = new Map<string, SeriesRecord>()
  for (const part of blocks.flatMap(block => block.series)) {
    const before = series.get(part.key)
    if (!before) series.set(part.key, part)
    else {
      const { key, steps, times, values } = before
      series.set(key, { key, steps: steps.concat(part.steps), times: times.concat(part.times), values: values.concat(part.values) })
    }
  }
  return [...series.values()].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function addToDigest(digest: Hash, { series }: Block): void {
  for (const { key, steps, times, values } of series) {
    const exact = steps.every(step => typeof step === 'number')
    digest.update(`\n${key}\n${values.length}\n${exact ? '' : steps.join(' ')}`)
    if (exact) digest.update(Float64Array.from(steps))
    digest.update(Float64Array.from(times)).update(Float64Array.from(values))
  }
}
