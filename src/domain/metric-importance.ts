import { metricDirection } from './metric-direction.ts'

const evaluated = /(^|[^a-z])(val|valid|validation|test|eval|holdout)([^a-z]|$)/i
const trained = /(^|[^a-z])(train|training)([^a-z]|$)/i
const machine = /^(system|sys|gpu|cpu|memory|disk|network|time|epoch|step|global_step|_)/i

/**
 * How likely a metric matters to who looks at a run, by the words of its key: quality before all else, held-out data before training data,
 * counters and the state of the machine last.
 */
export function metricImportance(key: string): number {
  let importance = 0
  if (metricDirection(key) !== null) importance += 2
  if (evaluated.test(key)) importance += 1
  if (trained.test(key)) importance -= 0.5
  if (machine.test(key)) importance -= 3
  return importance
}
