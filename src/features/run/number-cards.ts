import type { Float64, Int64 } from '#contract/int64.ts'
import type { MetricSummary } from '#contract/run.ts'
import type { Project } from '#contract/source.ts'
import { metricDirection } from '#domain/metric-direction.ts'
import { metricImportance } from '#domain/metric-importance.ts'

export interface NumberCard {
  metric: MetricSummary
  aggregate: 'max' | 'min' | 'last'
  value: Float64
  step: Int64
}

const mostCards = 4

/**
 * The numbers that a run page begins with: the project's primary metric, then those most likely to matter, by name. Each at its best
 * where it is known which way is better and there is a choice of points, else the last.
 */
export function numberCards(metrics: readonly MetricSummary[], primary: Project['primaryMetric']): NumberCard[] {
  const rank = (metric: MetricSummary) => (metric.key === primary?.key ? Infinity : metricImportance(metric.key))
  return metrics
    .toSorted((a, b) => Number(rank(b) > rank(a)) - Number(rank(b) < rank(a)) || depth(a) - depth(b))
    .slice(0, mostCards)
    .map(metric => card(metric, primary))
}

/** One of many alike, such as a weight of each layer, lies deeper than what stands for the whole run. */
function depth({ key }: MetricSummary): number {
  return key.split(/[/.]/).length
}

function card(metric: MetricSummary, primary: Project['primaryMetric']): NumberCard {
  const direction = metric.key === primary?.key ? (primary.greaterIsBetter ? 'higher' : 'lower') : metricDirection(metric.key)
  const best = direction === 'higher' ? metric.max : direction === 'lower' ? metric.min : null
  if (best && metric.count > 1) return { metric, aggregate: direction === 'higher' ? 'max' : 'min', ...best }
  return { metric, aggregate: 'last', value: metric.last.value, step: metric.last.step }
}
