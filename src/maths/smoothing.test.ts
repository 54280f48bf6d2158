import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { bestSoFar, exponentialAverage, gaussianAverage, runningAverage } from './smoothing.ts'

const series = fc.array(
  fc.oneof(
    { arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }), weight: 8 },
    { arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity), weight: 1 },
  ),
  { maxLength: 200 },
)

function near(got: Float64Array, expected: number[]): void {
  expect(got.length).toBe(expected.length)
  for (const [at, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(got[at]).toBeNaN()
    else expect(Math.abs((got[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value), 1e6))
  }
}

test('the exponential average starts at the first value and has the worked numbers', () => {
  near(exponentialAverage(Float64Array.of(1, 2, 3), 0.5), [1, 5 / 3, 17 / 7])
  near(exponentialAverage(Float64Array.of(4, Number.NaN, 2), 0.5), [4, Number.NaN, 8 / 3])
  expect([...exponentialAverage(Float64Array.of(3, -1, 0.1), 0)]).toEqual([3, -1, 0.1])
})

test('the exponential average weighs each earlier point by a power of the weight', () => {
  fc.assert(
    fc.property(series, fc.double({ min: 0, max: 0.999, noNaN: true }), (values, weight) => {
      const seen: number[] = []
      const expected = values.map(value => {
        if (!Number.isFinite(value)) return Number.NaN
        seen.push(value)
        const weights = seen.map((_, at) => weight ** (seen.length - 1 - at))
        const total = weights.reduce((sum, share) => sum + share, 0)
        return seen.reduce((sum, each, at) => sum + each * weights[at]!, 0) / total
      })
      near(exponentialAverage(Float64Array.from(values), weight), expected)
    }),
  )
})

test('averages around a point are those of brute force', () => {
  fc.assert(
    fc.property(series, fc.double({ min: 0.1, max: 20, noNaN: true }), fc.integer({ min: 1, max: 41 }), (values, sigma, points) => {
      const around = (weightOf: (distance: number) => number) =>
        values.map((value, at) => {
          if (!Number.isFinite(value)) return Number.NaN
          let sum = 0
          let total = 0
          for (const [other, each] of values.entries()) {
            if (!Number.isFinite(each)) continue
            sum += each * weightOf(Math.abs(other - at))
            total += weightOf(Math.abs(other - at))
          }
          return sum / total
        })
      near(
        gaussianAverage(Float64Array.from(values), sigma),
        around(distance => (distance <= Math.ceil(sigma * 3) ? Math.exp(-(distance ** 2) / (2 * sigma ** 2)) : 0)),
      )
      near(
        runningAverage(Float64Array.from(values), points),
        around(distance => (distance <= Math.floor(points / 2) ? 1 : 0)),
      )
    }),
  )
})

test('averages stay in the range of doubles', () => {
  const high = new Float64Array(9).fill(1.7e308)
  expect([...exponentialAverage(high, 0.9), ...gaussianAverage(high, 2), ...runningAverage(high, 5)].every(Number.isFinite)).toBe(true)
})

test('the best so far only gets better, and is there from the first finite value on', () => {
  expect([...bestSoFar(Float64Array.of(Number.NaN, 3, 5, Number.NaN, 2), 'max')]).toEqual([Number.NaN, 3, 5, 5, 5])
  expect([...bestSoFar(Float64Array.of(3, 5, -Infinity, 2), 'min')]).toEqual([3, 3, 3, 2])
})
