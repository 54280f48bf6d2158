import type { SeriesWindow } from '#contract/series-window.ts'

import type { LineReadings } from './chart-model.ts'
import type { XKind } from './line-input.ts'

/** Places along the horizontal axis of every drawn point, in the axis' units. */
export function xColumn({ drawn, firstTime, x }: Pick<SeriesWindow, 'drawn' | 'firstTime' | 'x'>, kind: XKind): Float64Array {
  // What was asked for another axis has no places on this one.
  if (kind === 'metric') return x ?? new Float64Array(drawn.values.length).fill(Number.NaN)
  if (kind === 'time') return drawn.times
  if (kind === 'relative') return drawn.times.map(time => time - firstTime)
  return drawn.steps instanceof Uint32Array ? new Float64Array(drawn.steps) : Float64Array.from(drawn.steps, Number)
}

/** The drawn points of a window as columns. */
export function readingsOf(window: SeriesWindow, kind: XKind): LineReadings {
  const x = xColumn(window, kind)
  let sorted = true
  for (let index = 1; sorted && index < x.length; index++) sorted = (x[index] ?? 0) >= (x[index - 1] ?? 0)
  return { x, y: window.drawn.values, steps: window.drawn.steps, times: window.drawn.times, sorted }
}

/**
 * Indices before which the line is broken although both neighbours are numbers: where points that are not drawn one by one hold values
 * that are not finite. Ascending, without doubles.
 */
export function hiddenGaps({ drawn, bucket, nonFinite }: SeriesWindow): number[] {
  if (bucket <= 1) return []
  const { steps, times, values } = drawn
  const gaps = new Set<number>()
  for (const { fromStep, fromTime } of nonFinite) {
    let low = 0
    let high = values.length
    while (low < high) {
      const middle = (low + high) >> 1
      const step = Number(steps[middle])
      if (step < fromStep || (step === fromStep && (times[middle] ?? 0) < fromTime)) low = middle + 1
      else high = middle
    }
    if (low > 0 && low < values.length) gaps.add(low)
  }
  return [...gaps].sort((a, b) => a - b)
}
