import type { Series } from '#contract/series-frame.ts'
import { thinMore, thinSeries, type Thinned } from '#maths/thin.ts'
import { levelPoints, type Level } from '#server/store/pyramid.ts'
import { memorySource, type SeriesSource } from '#server/store/series-source.ts'

/** As long as the series is held. */
const levelsOf = new WeakMap<Series, Map<Level, Thinned>>()

/** A series that stays in memory, with levels over it as the store has over its chunks: each is made once, when it is first asked for. */
export function heldSource(series: Series): SeriesSource {
  const levels = levelsOf.get(series) ?? new Map<Level, Thinned>()
  levelsOf.set(series, levels)
  const whole = (level: Level): Thinned => {
    const known = levels.get(level)
    if (known) return known
    const made = level === 1 ? thinSeries(series, levelPoints[1]) : thinMore(whole(1), levelPoints[2] / levelPoints[1])
    levels.set(level, made)
    return made
  }
  return {
    ...memorySource(series),
    thinned: (level, from, to) => thinMore(whole(level), 1, from / levelPoints[level], Math.ceil(to / levelPoints[level])),
  }
}
