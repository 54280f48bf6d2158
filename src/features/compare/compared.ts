import { lineLooks, type LineLook } from '#charts/prepare/color-rule.ts'
import type { Comparison } from '#contract/comparison.ts'
import type { Project } from '#contract/source.ts'
import type { ChartedGroup } from '#domain/group-chart.tsx'
import { metricImportance } from '#domain/metric-importance.ts'
import { runSeries } from '#domain/run-color.ts'

import { groupRuns, mostDrawnGroups, type Grouping } from './grouping.ts'

/** More than any importance differs from another: what was logged once has no curve to be overlaid. */
const curveBonus = 100

/** A comparison with what all parts of the page take from it. */
export interface Compared {
  comparison: Comparison
  /** Place of the baseline among the runs. */
  baseline: number
  /** Places of the runs as columns: the baseline, then the others as they were asked for. */
  order: readonly number[]
  /** How a run is drawn, by its id. */
  looks: ReadonlyMap<string, LineLook>
  /** Metrics: those with a curve, and of them those that matter, first. */
  metrics: readonly string[]
  primary: Project['primaryMetric']
}

/** Finds the baseline (the first run where the address names none that is here) and how each run looks. */
export function comparedOf(comparison: Comparison, wanted: string | undefined, primary: Project['primaryMetric']): Compared {
  const { runs } = comparison
  const named = wanted === undefined ? -1 : runs.findIndex(({ id, asked }) => asked === wanted || id === wanted)
  const baseline = Math.max(0, named)
  const first = runs[baseline]
  const curves = new Set(comparison.metrics.flatMap(({ key, count }) => (count.some(points => points > 1) ? [key] : [])))
  const rank = (key: string) => (key === primary?.key ? Infinity : metricImportance(key) + (curves.has(key) ? curveBonus : 0))
  return {
    comparison,
    baseline,
    order: [baseline, ...runs.keys()].filter((place, at) => at === 0 || place !== baseline),
    looks: lineLooks(
      runs.map(({ id }) => ({ id, series: runSeries(id) })),
      { baseline: first?.id },
    ),
    metrics: comparison.metrics.map(({ key }) => key).sort((a, b) => rank(b) - rank(a)),
    primary,
  }
}

export interface DrawnGroups {
  groups: readonly ChartedGroup[]
  /** What is not drawn, in words. */
  notes: readonly string[]
}

/** Groups as charts draw them: the largest, where there are more than have a colour. */
export function drawnGroups(comparison: Comparison, grouping: Grouping): DrawnGroups {
  const { runs } = comparison
  const all = groupRuns(comparison, grouping)
  const drawn = all.length > mostDrawnGroups ? all.toSorted((a, b) => b.runs.length - a.runs.length).slice(0, mostDrawnGroups) : all
  const looks = lineLooks(drawn.map(({ id, label }) => ({ id, series: runSeries(label) })))
  return {
    groups: drawn.flatMap(({ id, label, runs: places }): ChartedGroup[] => {
      const look = looks.get(id)
      return look ? [{ id, label, look, runs: places.flatMap(place => runs[place]?.id ?? []) }] : []
    }),
    notes: drawn.length < all.length ? [`${drawn.length} of ${all.length} groups`] : [],
  }
}
