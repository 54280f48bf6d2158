import type { SeriesWindow } from '#contract/series-window.ts'
import { memorySource } from '#server/store/series-source.ts'

import { drawSeries, type Drawn, type DrawWindow } from './draw-series.ts'
import type { GroupSeries } from './group-cache.ts'

type DrawnGroup = Drawn & Required<Pick<SeriesWindow, 'band'>>

/** The part of a group's line that a window shows, as `drawSeries` thins any series, with the band around it. */
export function drawGroup({ places, series, low, high }: GroupSeries, window: DrawWindow): DrawnGroup {
  const drawn = drawSeries(memorySource(series), window)
  const { bucket } = drawn
  const at = window.x === 'step' ? Float64Array.from(drawn.drawn.steps, Number) : drawn.drawn.times
  const band = { low: new Float64Array(at.length), high: new Float64Array(at.length) }
  let made = -1
  for (let point = 0; point < at.length; point += 1) {
    const number = Math.floor(indexOf(places, at[point]!) / bucket)
    if (number === made && bucket > 1) {
      band.low[point] = band.low[point - 1]!
      band.high[point] = band.high[point - 1]!
      continue
    }
    made = number
    const from = number * bucket
    const to = Math.min(places.length, from + bucket)
    band.low[point] = least(low, from, to)
    band.high[point] = -least(high, from, to, -1)
  }
  return { ...drawn, band }
}

/** Where a place stands among places that rise. */
function indexOf(places: Float64Array, place: number): number {
  let from = 0
  let to = places.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (places[middle]! < place) from = middle + 1
    else to = middle
  }
  return from
}

/** The least of a stretch times `sign`, NaN left out; NaN where nothing else is there. */
function least(values: Float64Array, from: number, to: number, sign = 1): number {
  let found = Number.NaN
  for (let at = from; at < to; at += 1) {
    const value = values[at]! * sign
    if (!(value >= found)) found = Number.isNaN(value) ? found : value
  }
  return found
}
