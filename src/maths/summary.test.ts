import { expect, test } from 'vitest'

import { addPoint, emptySummary } from './summary.ts'

function summarise(points: [step: number | bigint, time: number, value: number][]) {
  const summary = emptySummary()
  for (const [step, time, value] of points) addPoint(summary, step, time, value)
  return summary
}

test('last is the greatest (step, time, value), first the least (step, time)', () => {
  const summary = summarise([
    [2, 10, 0.5],
    [1, 20, 0.9],
    [2, 10, 0.7],
    [2, 9, 0.8],
  ])
  expect(summary).toMatchObject({ count: 4, first: 0.9, firstStep: 1, last: 0.7, lastStep: 2, lastTime: 10, sorted: false })
})

test('extremes and sums are over finite values, the rest is counted', () => {
  const summary = summarise([
    [0, 0, Number.NaN],
    [1, 1, 3],
    [2, 2, Number.POSITIVE_INFINITY],
    [3, 3, 1],
    [4, 4, Number.NEGATIVE_INFINITY],
    [5, 5, 1],
  ])
  expect(summary).toMatchObject({
    min: 1,
    minStep: 3,
    max: 3,
    maxStep: 1,
    sum: 5,
    sumOfSquares: 11,
    nan: 1,
    positiveInfinity: 1,
    negativeInfinity: 1,
  })
  expect(summary.sorted).toBe(true)
})

test('a number is later than NaN at the same step and time', () => {
  expect(
    summarise([
      [1, 1, Number.NaN],
      [1, 1, 0.5],
    ]).last,
  ).toBe(0.5)
  expect(
    summarise([
      [1, 1, 0.5],
      [1, 1, Number.NaN],
    ]).last,
  ).toBe(0.5)
})

test('steps beyond 2^53 are compared exactly', () => {
  expect(
    summarise([
      [9_007_199_254_740_993n, 1, 1],
      [9_007_199_254_740_992n, 2, 2],
    ]),
  ).toMatchObject({ last: 1, sorted: false })
})
