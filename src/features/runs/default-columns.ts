import type { KeyEntry } from '#contract/runs-page.ts'
import type { Project } from '#contract/source.ts'
import { defaultAggregate } from '#domain/default-aggregate.ts'
import { metricImportance } from '#domain/metric-importance.ts'

import { shownColumn, type ShownColumn } from './shown-columns.ts'

const mostMetrics = 3
const mostParams = 4

/** Params that tell runs apart more often than others do, first among those with the same coverage. */
const telling =
  /^(optimi[sz]er|lr|learning_rate|batch(_size)?|epochs|seed|model(_name|_type)?|hidden\w*|depth|max_depth|n_estimators|alpha|dropout)$/i

type Key = Pick<KeyEntry, 'key' | 'runs' | 'numeric' | 'varies'>

function metricRank({ key, runs }: Key, most: number, primary: string | undefined): number {
  return key === primary ? Infinity : (runs / most) * 4 + metricImportance(key)
}

function paramRank({ key, runs, varies }: Key, most: number): number {
  return (varies ? 4 : 0) + (runs / most) * 4 + (telling.test(key) ? 1 : 0) - (key.length > 24 ? 1 : 0)
}

function best<Entry extends Key>(keys: readonly Entry[], limit: number, rank: (key: Entry, most: number) => number): Entry[] {
  const most = Math.max(1, ...keys.map(key => key.runs))
  const ranked = keys.map((key, index) => ({ key, index, rank: rank(key, most) }))
  return ranked
    .sort((a, b) => b.rank - a.rank || a.index - b.index)
    .slice(0, limit)
    .map(({ key }) => key)
}

/**
 * Columns for who has chosen none: a few metrics, the params that most runs have and differ in, start, duration and user. The keys come as the server
 * lists them, by coverage; the first metric is shaded.
 */
export function defaultColumns(metrics: readonly Key[], params: readonly Key[], primary: Project['primaryMetric']): ShownColumn[] {
  const chosenMetrics = best(metrics, mostMetrics, (key, most) => metricRank(key, most, primary?.key))
  const chosenParams = best(params, mostParams, paramRank)
  return [
    ...chosenMetrics.map(({ key }, index) => shownColumn({ kind: 'metric', key, aggregate: defaultAggregate(key, primary) }, index === 0)),
    ...chosenParams.map(({ key }) => shownColumn({ kind: 'param', key })),
    shownColumn({ kind: 'attribute', key: 'start_time' }),
    shownColumn({ kind: 'attribute', key: 'duration' }),
    shownColumn({ kind: 'attribute', key: 'user_id' }),
  ]
}
