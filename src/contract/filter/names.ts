import { type Attribute, attributes, type Operand, type ValueType } from '#contract/operand.ts'

/** What may stand before the dot of a key. */
export type Entity = Operand['kind'] | 'dataset'

/** The names under which MLflow knows the kinds of keys too. */
const entities = new Map<string, Entity>([
  ['metrics', 'metric'],
  ['metric', 'metric'],
  ['params', 'param'],
  ['param', 'param'],
  ['parameters', 'param'],
  ['parameter', 'param'],
  ['tags', 'tag'],
  ['tag', 'tag'],
  ['attributes', 'attribute'],
  ['attribute', 'attribute'],
  ['attr', 'attribute'],
  ['run', 'attribute'],
  ['datasets', 'dataset'],
  ['dataset', 'dataset'],
])

const attributeAliases = new Map<string, Attribute>([
  ...Object.keys(attributes).map(name => [name, name as Attribute] as const),
  ['name', 'run_name'],
  ['run name', 'run_name'],
  ['id', 'run_id'],
  ['run id', 'run_id'],
  ['run_uuid', 'run_id'],
  ['created', 'start_time'],
  ['started', 'start_time'],
  ['ended', 'end_time'],
  ['user', 'user_id'],
  ['source_name', 'source'],
  ['commit', 'git_commit'],
  ['parent_run_id', 'parent'],
])

export const entityNames = ['metrics', 'params', 'tags', 'datasets', 'attributes']
/** Fields of a dataset that a filter may name. */
export const datasetFields = ['name', 'digest', 'context']
export const attributeNames: string[] = [...Object.keys(attributes), 'name']

/** The kind of key that a prefix such as `metrics` or `param` names, case ignored. */
export function entityOf(name: string): Entity | undefined {
  return entities.get(name.toLowerCase())
}

/** The attribute that a name or one of its other names (`created`, `Run name`) means, case ignored. */
export function attributeOf(name: string): Attribute | undefined {
  return attributeAliases.get(name.toLowerCase())
}

/** What a filter may compare an operand with: `any` is a text that may be a number, as params and tags are. */
export type Comparable = Exclude<ValueType, 'text'> | 'any'

export function comparableOf(operand: Operand): Comparable {
  if (operand.kind === 'metric') return 'number'
  if (operand.kind !== 'attribute') return 'any'
  const type = attributes[operand.key]
  return type === 'text' ? 'any' : type
}
