import * as fc from 'fast-check'
import { test } from 'vitest'

import { memorySource } from '#server/store/series-source.ts'
import { randomSeries } from '#server/store/test-series.ts'

import { checkDrawn, pointsOf, type Point } from './check-drawn.ts'
import { derive } from './derived-series.ts'
import { drawSeries } from './draw-series.ts'

const oneWindow = fc.record({
  x: fc.constantFrom('step' as const, 'time' as const),
  from: fc.option(fc.double({ min: -0.1, max: 1.1, noNaN: true })),
  length: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  width: fc.constantFrom(1, 2, 16, 64, 100, 640),
})

test('every drawn bucket is what brute force over the raw points makes of it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(randomSeries, fc.array(oneWindow, { minLength: 1, maxLength: 3 }), (series, windows) => {
      const all = pointsOf(series)
      const source = memorySource(series)
      for (const { x, from, length, width } of windows) {
        const places = all.map(([step, time]) => (x === 'step' ? step : time))
        const [low, high] = [places[0]!, places.at(-1)!]
        const start = from === null ? null : low + from * (high - low)
        const window = { x, from: start, to: length === null ? null : (start ?? low) + length * (high - low), width }
        checkDrawn(all, window, drawSeries(source, window))
      }
    }),
    { numRuns: 1_000 },
  )
})

/** Debiased exponential average by its definition: each earlier point weighs a power of the weight. */
function naiveAverage(points: Point[], weight: number): Point[] {
  return points.map(([step, time, value], at) => {
    if (!Number.isFinite(value)) return [step, time, Number.NaN]
    const seen = points.slice(0, at + 1).filter(point => Number.isFinite(point[2]))
    let sum = 0
    let total = 0
    for (const [back, point] of seen.toReversed().entries()) {
      const share = weight ** back
      sum += share * point[2]
      total += share
    }
    return [step, time, sum / total]
  })
}

const rounded = (points: Point[]): Point[] => points.map(([step, time, value]) => [step, time, Math.round(value * 1e6) / 1e6])

test('of a derived series, every drawn bucket is what brute force over the raw points makes of it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(randomSeries, oneWindow, fc.constantFrom(0.3, 0.9), (whole, { from, width }, weight) => {
      const count = Math.min(400, whole.values.length)
      // Values whose sum overflows differ by how it is formed.
      const values = whole.values.slice(0, count).map(value => (Math.abs(value) > 1e300 ? Number.NaN : value))
      const series = { steps: whole.steps.slice(0, count), times: whole.times.slice(0, count), values }
      const smoothed = derive(series, { kind: 'ema', weight })
      const expected = rounded(naiveAverage(pointsOf(series), weight))
      const exact = { ...smoothed, values: smoothed.values.map(value => Math.round(value * 1e6) / 1e6) }
      const [low, high] = [Number(series.steps[0]), Number(series.steps.at(-1))]
      const window = { x: 'step' as const, from: from === null ? null : low + from * (high - low), to: null, width: Math.min(width, 16) }
      checkDrawn(expected, window, drawSeries(memorySource(exact), window))
    }),
    { numRuns: 1_000 },
  )
})
