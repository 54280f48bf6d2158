import { factsOfTags } from '#server/readers/mlflow/experiment.ts'
import { modelStatus } from '#server/readers/mlflow/logged-models.ts'
import type { LoggedModelRecord, ModelMetricRecord, ProjectRecord } from '#server/readers/record.ts'

import type { ArtifactFolders } from './artifact-folders.ts'
import type { ForeignDatabase } from './foreign-database.ts'
import { stepOf, valueOf } from './metrics.ts'
import { integer, type OpenDatabase, text } from './open-database.ts'

/** Ids of the experiments, also of those of which only runs are left. */
export function experimentIds(open: OpenDatabase): string[] {
  const sql = `select cast(experiment_id as text) from (select experiment_id from experiments union select experiment_id from runs
    where experiment_id is not null) order by experiment_id`
  return open.all(sql).map(([id]) => text(id))
}

/** Ids of the runs of an experiment, in the order in which they came. */
export function runIds(open: OpenDatabase, experiment: string): string[] {
  return open.all('select run_uuid from runs where experiment_id = cast(? as integer) order by rowid', experiment).map(([id]) => text(id))
}

/** The project of an experiment and its logged models; nothing where only runs are left of it. Throws SQLite's error or `BusyError`. */
export function projectRecords(database: ForeignDatabase, id: string, folders: ArtifactFolders): (ProjectRecord | LoggedModelRecord)[] {
  return database.read(open => {
    const project = readProject(open, id)
    return project ? [project, ...readModels(open, project, folders)] : []
  })
}

function readProject(open: OpenDatabase, id: string): ProjectRecord | null {
  const sql = `select name, ${open.column('experiments', 'lifecycle_stage')} from experiments where experiment_id = cast(? as integer)`
  const row = open.get(sql, id)
  if (!row) return null
  const [name, stage] = row
  const tags = open.has('experiment_tags')
    ? open.all('select "key", value from experiment_tags where experiment_id = cast(? as integer) order by "key"', id).map(pair)
    : []
  const deleted = stage === 'deleted'
  return { type: 'project', foreignId: id, name: text(name) || id, path: id, tags, deleted, ...factsOfTags(tags) }
}

export function pair([key, value]: readonly unknown[]): [string, string] {
  return [text(key), text(value)]
}

/** Logged models (MLflow 3). */
function readModels(open: OpenDatabase, project: ProjectRecord, folders: ArtifactFolders): LoggedModelRecord[] {
  if (!open.has('logged_models')) return []
  const columns = open.columns('logged_models', ['name', 'artifact_location', 'status', 'model_type', 'source_run_id', 'lifecycle_stage'])
  const sql = `select model_id, ${open.integer('logged_models', 'creation_timestamp_ms')}, ${columns} from logged_models
    where experiment_id = cast(? as integer) order by model_id`
  return open.all(sql, project.foreignId).map(([modelId, created, name, location, status, modelType, run, stage]): LoggedModelRecord => {
    const id = text(modelId)
    return {
      type: 'model',
      foreignId: id,
      projectForeignId: project.foreignId,
      name: text(name),
      path: `${project.foreignId}/models/${id}`,
      artifacts: folders.ofModel(project.foreignId, id, text(location)),
      status: modelStatus(text(status)),
      modelType: text(modelType),
      runForeignId: text(run),
      created: integer(created),
      deleted: project.deleted || stage === 'deleted',
      params: pairsOfModel(open, 'logged_model_params', 'param_key', 'param_value', id),
      tags: pairsOfModel(open, 'logged_model_tags', 'tag_key', 'tag_value', id),
      metrics: metricsOfModel(open, id),
    }
  })
}

function pairsOfModel(open: OpenDatabase, table: string, key: string, value: string, model: string): [string, string][] {
  return open.has(table) ? open.all(`select ${key}, ${value} from ${table} where model_id = ? order by ${key}`, model).map(pair) : []
}

function metricsOfModel(open: OpenDatabase, model: string): ModelMetricRecord[] {
  const table = 'logged_model_metrics'
  if (!open.has(table)) return []
  const sql = `select metric_name, metric_value, ${open.integer(table, 'metric_step')}, ${open.integer(table, 'metric_timestamp_ms')},
    ${open.columns(table, ['run_id', 'dataset_name', 'dataset_digest'])} from ${table} where model_id = ? order by metric_name, rowid`
  return open.all(sql, model).map(([key, value, step, time, run, dataset, datasetDigest]) => ({
    key: text(key),
    value: valueOf(value) ?? Number.NaN,
    step: stepOf(step) ?? 0,
    time: Number(time) / 1000,
    runForeignId: text(run),
    dataset: text(dataset),
    datasetDigest: text(datasetDigest),
  }))
}
