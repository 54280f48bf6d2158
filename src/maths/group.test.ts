import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { BandKind } from '#contract/band.ts'

import { groupColumns } from './group.ts'
import { spreadOf } from './spread.ts'
import { studentQuantile } from './student.ts'

function spread(values: number[], kind: BandKind): { centre: number; low: number; high: number } {
  const result = { centre: 0, low: 0, high: 0 }
  spreadOf(Float64Array.from(values), values.length, kind, result)
  return result
}

// scipy.stats.t.ppf(0.975, n)
test.each([
  [1, 12.706204736174694],
  [9, 2.262157162740992],
  [31, 2.039513446396408],
  [49, 2.0095752371292392],
  [499, 1.9647293909876886],
])('the quantile of Student’s t for %i degrees of freedom', (degrees, expected) => {
  expect(studentQuantile(degrees)).toBeCloseTo(expected, 5)
})

// numpy: mean, std(ddof=1), percentile 25, 50, 75 of these.
const sample = [3.1, 2.2, 5.9, 4.4, 1]
test('bands are what numpy makes of the values', () => {
  const [mean, std] = [3.32, 1.904468429772]
  const around = (half: number) => ({
    centre: expect.closeTo(mean, 10),
    low: expect.closeTo(mean - half, 9),
    high: expect.closeTo(mean + half, 9),
  })
  expect(spread(sample, 'std')).toEqual(around(std))
  expect(spread(sample, 'stderr')).toEqual(around(std / Math.sqrt(5)))
  expect(spread(sample, 'ci95').high).toBeCloseTo(mean + (2.776445105 * std) / Math.sqrt(5), 8)
  expect(spread(sample, 'range')).toEqual({ centre: expect.closeTo(mean, 10), low: 1, high: 5.9 })
  expect(spread(sample, 'quartiles')).toEqual({ centre: 3.1, low: 2.2, high: 4.4 })
  expect(spread(sample, 'none')).toEqual({ centre: expect.closeTo(mean, 10), low: NaN, high: NaN })
})

test('one value has no deviation, and none has nothing', () => {
  expect(spread([2], 'std')).toEqual({ centre: 2, low: NaN, high: NaN })
  expect(spread([2], 'range')).toEqual({ centre: 2, low: 2, high: 2 })
  expect(spread([], 'quartiles')).toEqual({ centre: NaN, low: NaN, high: NaN })
})

test('values at the ends of the range, and values that differ in their last digits', () => {
  expect(spread([1e308, 1e308], 'std')).toEqual({ centre: 1e308, low: 1e308, high: 1e308 })
  expect(spread([1.2e308, 0.8e308], 'std').low).toBeCloseTo(1e308 - 0.4e308 / Math.SQRT2, -300)
  expect(spread([1e-320, 3e-320], 'std').high).toBeGreaterThan(2e-320)
  expect(spread([1e9, 1e9 + 1e-6], 'std').high - 1e9).toBeCloseTo(5e-7 + 1e-6 / Math.SQRT2, 6)
})

const strange = fc.constantFrom(NaN, Infinity, -Infinity, 1e308)
const member = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.oneof({ arbitrary: fc.double({ min: -5, max: 5, noNaN: true }), weight: 6 }, strange)),
    {
      maxLength: 30,
    },
  )
  .map(points => points.toSorted((a, b) => a[0] - b[0]))

test('at each place a group is what brute force makes of its members', () => {
  fc.assert(
    fc.property(fc.array(member, { maxLength: 8 }), fc.constantFrom<BandKind>('std', 'ci95', 'range', 'quartiles'), (members, kind) => {
      const grid = Float64Array.from(new Set(members.flat().map(([place]) => place))).sort()
      const group = groupColumns(
        members.map(points => ({ places: points.map(([place]) => place), values: Float64Array.from(points, ([, value]) => value) })),
        grid,
        kind,
      )
      let left = 0
      const counts = Array.from(grid, (place, at) => {
        const carried = members
          .filter(points => points.some(point => point[0] <= place) && points.some(point => point[0] >= place))
          .map(points => points.findLast(point => point[0] <= place)![1])
        const finite = carried.filter(value => Number.isFinite(value))
        left += carried.length - finite.length
        expect({ centre: group.centre[at], low: group.low[at], high: group.high[at] }).toEqual(spread(finite, kind))
        return finite.length
      })
      expect([group.least, group.most, group.left]).toEqual([grid.length === 0 ? 0 : Math.min(...counts), Math.max(0, ...counts), left])
    }),
  )
})
