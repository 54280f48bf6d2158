import type { Series } from '#contract/series-frame.ts'
import type { Seam } from '#contract/series-window.ts'
import { currentPositions, findRestarts } from '#maths/restarts.ts'
import { chunkPoints, sliceSeries, takePoints } from '#server/store/points.ts'
import type { SeriesSource } from '#server/store/series-source.ts'

import { ByteCache } from './byte-cache.ts'
import { drawSeries, type Drawn, type DrawWindow } from './draw-series.ts'
import { heldSource } from './held-source.ts'

/** Where a run went on, and what it had logged from there on before, in the order (step, time, arrival). */
interface ResumedAt {
  step: number
  time: number
  superseded: Series
}

/** A series of a run that was resumed: the newest points as one line, and what they supersede. */
export interface ResumedSeries {
  /** In the order (step, time, arrival). Null where none was superseded and the store gives the points in that order. */
  current: Series | null
  resumed: ResumedAt[]
}

/** Some five series of a million points that came out of order. */
const budget = 128 * 1024 * 1024

/** Resumed series under the versions of their points. */
export function resumedCache(): ByteCache<ResumedSeries> {
  const bytesOf = ({ steps, times, values }: Series) => steps.byteLength + times.byteLength + values.byteLength
  return new ByteCache(budget, ({ current, resumed }) =>
    resumed.reduce((sum, { superseded }) => sum + bytesOf(superseded), 256 + (current ? bytesOf(current) : 0)),
  )
}

/**
 * A series stored in the order (step, time): only an import puts points in order, and only as many as it holds at once. What came later
 * came in order, so that it is enough to look at the first points, whatever the length.
 */
export function resumedOfSorted(source: SeriesSource, whole: () => Series): ResumedSeries {
  const mixed = source.raw(0, Math.min(source.total, 2 * chunkPoints))
  return findRestarts(mixed).length === 0 ? { current: null, resumed: [] } : splitSeries(whole())
}

/** A series in the order (step, time, arrival) without what was superseded. */
export function splitSeries(series: Series): ResumedSeries & { current: Series } {
  const restarts = findRestarts(series)
  if (restarts.length === 0) return { current: series, resumed: [] }
  return {
    current: takePoints(series, currentPositions(series.values.length, restarts)),
    resumed: restarts.map(({ first, superseded }) => ({
      step: Number(series.steps[first]),
      time: series.times[first] ?? Number.NaN,
      superseded: takePoints(series, superseded),
    })),
  }
}

/**
 * What a window draws of a series that was resumed: its line from `source`, and at each seam what was superseded there, thinned alike;
 * without points of that where the line is derived.
 */
export function drawResumed(
  source: SeriesSource,
  resumed: readonly ResumedAt[],
  window: DrawWindow,
  derived = false,
): Drawn & { seams: Seam[] } {
  const line = drawSeries(source, window)
  let { points } = line
  const seams = resumed.map(({ step, time, superseded }): Seam => {
    const part = drawSeries(heldSource(derived ? sliceSeries(superseded, 0, 0) : superseded), window)
    points += part.points
    return { step, time, superseded: superseded.values.length, drawn: part.drawn }
  })
  return { ...line, points, seams }
}
