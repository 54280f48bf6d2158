import type { RunStatus } from '#contract/run.ts'
import type { RunRecord } from '#server/readers/record.ts'

import { integerOf, type Meta, textOf } from './meta-yaml.ts'

const statuses: Record<string, RunStatus> = {
  '1': 'running',
  '2': 'scheduled',
  '3': 'finished',
  '4': 'failed',
  '5': 'killed',
  RUNNING: 'running',
  SCHEDULED: 'scheduled',
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'killed',
}
const kinds: Record<string, string> = {
  '1': 'notebook',
  '2': 'job',
  '3': 'project',
  '4': 'local',
  NOTEBOOK: 'notebook',
  JOB: 'job',
  PROJECT: 'project',
  LOCAL: 'local',
}
/** Of these every run's `meta.yaml` has some, whatever the version that wrote it. */
const runKeys = ['run_id', 'run_uuid', 'experiment_id', 'start_time', 'status', 'artifact_uri']

export function isRunMeta(meta: Meta): boolean {
  return runKeys.some(key => meta.has(key))
}

/** The status in a run's `meta.yaml` (a number) or row (a word); where it has none that is known, whether it has an end decides. */
export function statusOf(meta: Meta): RunStatus {
  return statuses[textOf(meta, 'status').toUpperCase()] ?? (integerOf(meta, 'end_time') === null ? 'running' : 'finished')
}

/** What of a run stands in its `meta.yaml`, or a row under the same names, and its `mlflow.*` tags (names: mlflow/utils/mlflow_tags.py). */
export type RunFacts = Pick<
  RunRecord,
  | 'name'
  | 'status'
  | 'kind'
  | 'user'
  | 'start'
  | 'end'
  | 'host'
  | 'gitCommit'
  | 'gitBranch'
  | 'gitRepository'
  | 'gitDirty'
  | 'command'
  | 'framework'
  | 'note'
  | 'parent'
  | 'deletedAt'
>

/** `projectDeleted`: runs of a deleted experiment are deleted too, whatever their own file says. */
export function runFacts(meta: Meta, tags: ReadonlyMap<string, string>, foreignId: string, projectDeleted: boolean): RunFacts {
  const tag = (...names: string[]) => names.map(name => tags.get(name) ?? '').find(value => value !== '') ?? ''
  const source = tag('mlflow.source.name') || textOf(meta, 'source_name')
  const entryPoint = tag('mlflow.project.entryPoint') || textOf(meta, 'entry_point_name')
  const sourceType = tag('mlflow.source.type').toLowerCase() || (kinds[textOf(meta, 'source_type')] ?? '')
  const deleted = projectDeleted || textOf(meta, 'lifecycle_stage') === 'deleted'
  return {
    name: textOf(meta, 'run_name') || tag('mlflow.runName') || foreignId,
    status: statusOf(meta),
    kind: sourceType === 'unknown' ? '' : sourceType,
    user: textOf(meta, 'user_id') || tag('mlflow.user'),
    start: integerOf(meta, 'start_time'),
    end: integerOf(meta, 'end_time'),
    host: '',
    gitCommit: tag('mlflow.source.git.commit') || textOf(meta, 'source_version'),
    gitBranch: tag('mlflow.source.git.branch', 'mlflow.gitBranchName'),
    gitRepository: tag('mlflow.source.git.repoURL', 'mlflow.gitRepoURL'),
    gitDirty: /^true$/i.test(tag('mlflow.source.git.dirty')) || tag('mlflow.source.git.diff') !== '',
    command: [source, entryPoint].filter(part => part !== '').join(' '),
    framework: tag('mlflow.autologging'),
    note: tag('mlflow.note.content'),
    parent: tag('mlflow.parentRunId').trim(),
    deletedAt: deleted ? (integerOf(meta, 'deleted_time') ?? 0) : null,
  }
}
