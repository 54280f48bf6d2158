import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { falling, lineOf, plain, windowOf } from './fixtures/lines.ts'
import { nearestInPlot, nearestPoint, snapX, stepCursor, tooltipRows } from './nearest-point.ts'
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
  const at = (x: number) => ({ x, step: null })
  expect(stepCursor(long, null, 1)).toEqual(at(0))
  expect(stepCursor(long, null, -1)).toEqual(at(990))
  expect(stepCursor(long, at(100), 1)).toEqual(at(110))
  expect(stepCursor(long, at(100), -10)).toEqual(at(0))
  expect(stepCursor(long, at(990), 1)).toEqual(at(990))
})

test('on an axis that is a metric, a point is told by its step and found where it is drawn', () => {
  // There and back: two points at each place but the last one.
  const x = Float64Array.of(1, 2, 3, 2, 1)
  const against = { ...plain, x: 'metric', xKey: 'lr' } as const
  const model = prepareChart(
    [lineOf('a', windowOf([5, 6, 7, 8, 9], { x })), lineOf('b', windowOf([1, 1, 1], { x: x.slice(0, 3) }))],
    against,
  )
  expect(tooltipRows(model, 2, 'value', 30).map(({ line, step, value }) => [line.id, step, value])).toEqual([
    ['a', 30, 8],
    ['b', 10, 1],
  ])
  expect(tooltipRows(model, 2, 'value', 10).map(({ value }) => value)).toEqual([6, 1])
  expect(nearestInPlot(model, 50, 95, 100, 100)).toMatchObject({ x: 2, step: 30, line: 'a' })
  expect(nearestInPlot(model, 50, 60, 100, 100)).toMatchObject({ x: 2, step: 10, line: 'a' })
  expect(nearestInPlot(prepareChart([], against), 50, 60, 100, 100)).toBeNull()
  expect(stepCursor(model, null, 1)).toEqual({ x: 1, step: 0 })
  expect(stepCursor(model, { x: 2, step: 10 }, 2)).toEqual({ x: 2, step: 30 })
  expect(stepCursor(model, null, -1)).toEqual({ x: 1, step: 40 })
  const zoomed = prepareChart([lineOf('a', windowOf([5, 6, 7, 8, 9], { x }))], { ...against, xRange: [1.5, 2.5] })
  expect(stepCursor(zoomed, { x: 2, step: 10 }, 1)).toEqual({ x: 2, step: 30 })
  expect(tooltipTsv('loss', tooltipRows(model, 2, 'value', 30), 'lr').split('\n')[1]).toBe('a\t30\t2\t8')
})
