import type { Aggregate } from '#contract/operand.ts'
import type { Project } from '#contract/source.ts'

import { metricDirection } from './metric-direction.ts'

/** The aggregate that shows a metric at its best: the greatest or least value where the name says which way is better, else the last. */
export function defaultAggregate(key: string, primary: Project['primaryMetric'] = null): Aggregate {
  if (primary?.key === key) return primary.greaterIsBetter ? 'max' : 'min'
  const direction = metricDirection(key)
  return direction === null ? 'last' : direction === 'higher' ? 'max' : 'min'
}
