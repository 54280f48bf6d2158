/**
 * What a filter compares, a sort orders by and a column shows, one type for all three.
 * Its text form is that of the filter language: ``max(metrics.`val/acc`)``, `params.lr`, `tags.owner`, `start_time`.
 */
export const aggregates = ['last', 'first', 'min', 'max', 'mean', 'count'] as const
export type Aggregate = (typeof aggregates)[number]

/**
 * Fields of a run. A run has several datasets: a condition on one of their fields holds when any dataset of the run meets it, and
 * two conditions need not be met by the same one, as in MLflow.
 * They stand in the order in which the column picker lists them.
 */
export const attributes = {
  run_name: 'text',
  run_id: 'text',
  status: 'status',
  start_time: 'time',
  end_time: 'time',
  duration: 'duration',
  user_id: 'text',
  host: 'text',
  git_commit: 'text',
  source: 'text',
  kind: 'text',
  parent: 'text',
  points: 'number',
  'datasets.name': 'text',
  'datasets.digest': 'text',
  'datasets.context': 'text',
} as const
export type Attribute = keyof typeof attributes
export type ValueType = 'text' | 'number' | 'time' | 'duration' | 'status'

export type Operand =
  | { kind: 'metric'; key: string; aggregate: Aggregate }
  | { kind: 'param'; key: string }
  | { kind: 'tag'; key: string }
  | { kind: 'attribute'; key: Attribute }

export type KeyKind = 'metric' | 'param' | 'tag'
