import { expect, test } from 'vitest'

import { rankScores } from './ranking.ts'
import { areaUnder, rocCurve } from './roc.ts'
import { thinCurve } from './thin-curve.ts'

const at = (values: Float64Array, places: readonly number[]) => Float64Array.from(places, place => values[place]!)

test('points on a straight line across or up go, corners and ends stay', () => {
  const x = Float64Array.of(0, 0, 0, 0.5, 0.7, 1)
  const y = Float64Array.of(0, 0.2, 0.6, 0.6, 0.6, 1)
  expect(thinCurve(x, y)).toEqual([0, 2, 4, 5])
  expect(thinCurve(new Float64Array(), new Float64Array())).toEqual([])
})

test('a curve of 200,000 scores is drawn by few of its points, and its area stays within a thousandth', () => {
  const scores = Float64Array.from({ length: 200_000 }, (_, place) => Math.sin(place * 12.9898) * 0.5 + (place % 2) * 0.3)
  const { falsePositiveRate: x, truePositiveRate: y } = rocCurve(
    rankScores(
      Uint8Array.from(scores, (_, place) => place % 2),
      scores,
    ),
  )
  const kept = thinCurve(x, y)
  expect(x.length).toBeGreaterThan(100_000)
  expect(kept.length).toBeLessThan(5_000)
  expect(kept[0]).toBe(0)
  expect(kept.at(-1)).toBe(x.length - 1)
  expect(areaUnder(at(x, kept), at(y, kept))).toBeCloseTo(areaUnder(x, y), 3)
})

test('a curve that jumps up and down within a pixel keeps how far it reaches', () => {
  const x = Float64Array.from({ length: 50_000 }, (_, place) => place / 49_999)
  const y = Float64Array.from(x, (_, place) => (place === 30_011 ? 1 : place % 2 === 0 ? 0.4 : 0.5))
  const kept = thinCurve(x, y)
  expect(kept).toContain(30_011)
  expect(Math.min(...at(y, kept))).toBe(0.4)
})
