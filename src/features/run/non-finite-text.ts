import type { MetricSummary } from '#contract/run.ts'
import { formatCount } from '#lib/format.ts'

/** `3 NaN, 1 −Infinity`: how many points of a metric are no finite numbers; empty where all are. */
export function nonFiniteText(metric: Pick<MetricSummary, 'nan' | 'positiveInfinity' | 'negativeInfinity'>): string {
  const counts = [
    [metric.nan, 'NaN'],
    [metric.positiveInfinity, 'Infinity'],
    [metric.negativeInfinity, '−Infinity'],
  ] as const
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${formatCount(count)} ${word}`)
    .join(', ')
}
