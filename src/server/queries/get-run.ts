import { ApiError } from '#contract/api-error.ts'
import { toFloat64, toInt64, type Float64 } from '#contract/int64.ts'
import type { MetricSummary, RunDetail, RunStatus } from '#contract/run.ts'
import { keyList } from '#server/store/keys.ts'
import type { RunDetails } from '#server/store/prepared.ts'

import { findRun, type Reader, type RunRef } from './reader.ts'
import { runModels } from './run-models.ts'

function number(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}

function value(stored: unknown): Float64 {
  return toFloat64(stored === null ? Number.NaN : Number(stored))
}

function metricsOf({ database }: Reader, run: RunRef, keys: Uint32Array): MetricSummary[] {
  const statement = database.prepare(
    'select key.name, metric.* from metric join key on key.no = metric.key where project = ? and metric.key = ? and run = ?',
  )
  statement.setReadBigInts(true)
  const summaries: MetricSummary[] = []
  for (const key of keys) {
    const row = statement.get(run.project, key, run.no)
    if (!row) continue
    const step = (name: string) => toInt64(row[name] as bigint)
    const count = Number(row['count'])
    const finite = count - Number(row['nan']) - Number(row['positive_infinity']) - Number(row['negative_infinity'])
    summaries.push({
      key: String(row['name']),
      count,
      nan: Number(row['nan']),
      positiveInfinity: Number(row['positive_infinity']),
      negativeInfinity: Number(row['negative_infinity']),
      first: { value: value(row['first']), step: step('first_step') },
      last: { value: value(row['last']), step: step('last_step'), time: Number(row['last_time']) },
      min: finite === 0 ? null : { value: value(row['min']), step: step('min_step') },
      max: finite === 0 ? null : { value: value(row['max']), step: step('max_step') },
      mean: finite === 0 ? null : value(Number(row['sum']) / finite),
    })
  }
  return summaries.sort((a, b) => (a.key < b.key ? -1 : 1))
}

function textsOf({ database }: Reader, run: RunRef, keys: Uint32Array) {
  const statement = database.prepare(
    'select kind, name, text from fact join key on key.no = fact.key where project = ? and fact.key = ? and run = ?',
  )
  const params: RunDetail['params'] = []
  const tags: RunDetail['tags'] = []
  for (const key of keys) {
    const row = statement.get(run.project, key, run.no)
    if (row) (row['kind'] === 'param' ? params : tags).push({ key: String(row['name']), value: String(row['text']) })
  }
  const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1)
  return { params: params.sort(byKey), tags: tags.sort(byKey) }
}

function familyOf({ database }: Reader, run: RunRef, parent: string) {
  const above =
    parent === ''
      ? undefined
      : database.prepare('select id, name from run where foreign_id = ? order by project = ? desc').get(parent, run.project)
  const below = database
    .prepare('select id, name, status from run where parent = ? and project = ? order by started, no')
    .all(run.foreignId, run.project)
  return {
    parent: above ? { id: String(above['id']), name: String(above['name']) } : null,
    children: below.map(row => ({ id: String(row['id']), name: String(row['name']), status: row['status'] as RunStatus })),
  }
}

/** Sources of these are files: a run in one has no path of its own. */
const formatsOfFiles = "'mlflow-sqlite'"

/** Everything of one run but its points. `id` may be the foreign id. */
export function getRun(reader: Reader, input: { run: string }): RunDetail {
  const { database } = reader
  const run = findRun(reader, input.run)
  const row = database
    .prepare(
      'select run.*, project.id as project_id, project.name as project_name from run join project on project.no = project where run.no = ?',
    )
    .get(run.no)
  if (!row) throw new ApiError('not_found', `No run ${input.run} in this home.`)
  const keys = database.prepare('select metrics, texts from run_keys where run = ?').get(run.no)
  const detail = JSON.parse(String(row['detail'])) as RunDetails
  const places = database
    .prepare(
      `select source.path as source, case when source.format in (${formatsOfFiles}) then '' else place.path end as path, place.missing
       from place join source on source.no = place.source where run = ?`,
    )
    .all(run.no)
  return {
    id: run.id,
    foreignId: run.foreignId,
    name: String(row['name']),
    project: { id: String(row['project_id']), name: String(row['project_name']) },
    status: row['status'] as RunStatus,
    kind: String(row['kind']),
    user: String(row['user']),
    start: number(row['started']),
    end: number(row['ended']),
    host: String(row['host']),
    git: { commit: String(row['git_commit']), branch: detail.gitBranch, repository: detail.gitRepository, dirty: detail.gitDirty },
    command: String(row['command']),
    framework: detail.framework,
    note: detail.note,
    ...familyOf(reader, run, String(row['parent'])),
    deletedAt: number(row['deleted_at']),
    conflict: row['conflict'] === 1,
    places: places.map(place => ({ source: String(place['source']), path: String(place['path']), missing: place['missing'] === 1 })),
    points: Number(row['points']),
    ...textsOf(reader, run, keyList(keys?.['texts'])),
    metrics: metricsOf(reader, run, keyList(keys?.['metrics'])),
    datasets: detail.datasets,
    models: runModels(reader, run, detail.models),
  }
}
