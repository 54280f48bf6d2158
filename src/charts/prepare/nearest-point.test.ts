import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { falling, lineOf, plain, windowOf } from './fixtures/lines.ts'
import { nearestPoint, snapX, stepCursor, tooltipRows } from './nearest-point.ts'
import { prepareChart } from './prepare-chart.ts'
import { tooltipTsv } from './tooltip-tsv.ts'

function readings(x: number[], sorted = true) {
  const y = Float64Array.from(x, value => value * 2)
  return { x: Float64Array.from(x), y, steps: x, times: Float64Array.from(x), sorted }
}

test('the nearest point is found by halving as by looking at each', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 }),
      fc.double({ min: -10, max: 60, noNaN: true }),
      (places, at) => {
        const sorted = places.sort((a, b) => a - b)
        const least = Math.min(...sorted.map(x => Math.abs(x - at)))
        expect(Math.abs((nearestPoint(readings(sorted), at)?.x ?? NaN) - at)).toBe(least)
      },
    ),
  )
})

test('a line without points, one that ended before, one whose places fall', () => {
  expect(nearestPoint(readings([]), 5)).toBeNull()
  expect(nearestPoint(readings([1, 2]), 9, 1)).toBeNull()
  expect(nearestPoint(readings([1, 2]), 2.5, 1)).toEqual({ index: 1, x: 2, value: 4, step: 2 })
  expect(nearestPoint(readings([5, 9, 1], false), 8)?.index).toBe(1)
})

const model = prepareChart(
  [
    lineOf('low', windowOf([1, 2, 3]), {
      params: [
        ['lr', '0.1'],
        ['note', '=1+1'],
      ],
    }),
    lineOf('nan', windowOf([NaN, NaN, NaN])),
    lineOf('high', windowOf([4, 5, 6])),
    lineOf('10', windowOf([2, 2, 2])),
    lineOf('9', windowOf([2, 2, 2])),
  ],
  plain,
)

test('rows are by value, NaN last, equal ones by name; or all by name', () => {
  expect(tooltipRows(model, 10).map(row => row.line.id)).toEqual(['high', '9', '10', 'low', 'nan'])
  expect(tooltipRows(model, 10, 'name').map(row => row.line.id)).toEqual(['9', '10', 'high', 'low', 'nan'])
})

test('rows are copied with params, numbers as they are, and nothing that a spreadsheet would run', () => {
  const rows = tooltipRows(model, 10).filter(row => ['low', 'high'].includes(row.line.id))
  expect(tooltipTsv('val/loss', rows).split('\n')).toEqual(['line\tstep\tval/loss\tlr\tnote', 'high\t10\t5\t\t', "low\t10\t2\t0.1\t'=1+1"])
})

test('the cursor snaps to points and steps along them', () => {
  expect(snapX(model, 12)).toBe(10)
  expect(snapX(prepareChart([], plain), 12)).toBeNull()
  const long = prepareChart([lineOf('a', windowOf(falling(100)))], plain)
  expect(stepCursor(long, null, 1)).toBe(0)
  expect(stepCursor(long, null, -1)).toBe(990)
  expect(stepCursor(long, 100, 1)).toBe(110)
  expect(stepCursor(long, 100, -10)).toBe(0)
  expect(stepCursor(long, 990, 1)).toBe(990)
})
