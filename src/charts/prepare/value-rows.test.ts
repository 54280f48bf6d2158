import { expect, test } from 'vitest'

import { ratioFormat } from '#lib/format.ts'

import { lineOf, plain, windowOf } from './fixtures/lines.ts'
import { prepareChart } from './prepare-chart.ts'
import { valueRows } from './value-rows.ts'

const lines = (values: Record<string, number>) => Object.entries(values).map(([id, value]) => lineOf(id, windowOf([value])))

test('lines of one value each are rows on one scale, the greatest first', () => {
  const rows = valueRows(lines({ a: 0.8, b: 0.9, c: NaN, d: 0.85, e: Infinity }), false, ratioFormat)
  expect(rows?.map(({ id, text }) => `${id} ${text}`)).toEqual(['e Infinity', 'b 0.9000', 'd 0.8500', 'a 0.8000', 'c NaN'])
  expect(rows?.map(({ at }) => at)).toEqual([null, 1, expect.closeTo(0.5), 0, null])
})

test('one value, and equal ones, stand in the middle', () => {
  expect(valueRows(lines({ a: 5 }), false, ratioFormat)?.[0]?.at).toBe(0.5)
  expect(valueRows(lines({ a: 0, b: 0 }), false, ratioFormat)?.map(({ at }) => at)).toEqual([0.5, 0.5])
})

test('the band of a group lies on the scale too', () => {
  const band = { x: new Float64Array(1), low: Float64Array.of(0), high: Float64Array.of(4) }
  const rows = valueRows([lineOf('a', windowOf([2]), { band }), lineOf('b', windowOf([1]))], false, ratioFormat)
  expect(rows?.map(({ at, band: ends }) => [at, ends])).toEqual([
    [0.5, [0, 1]],
    [0.25, null],
  ])
})

test('a log scale does not have a value that is not above 0', () => {
  expect(valueRows(lines({ a: 1e-3, b: 1e-1, c: 1e-2, d: 0 }), true, ratioFormat)?.map(({ at }) => at)).toEqual([
    1,
    expect.closeTo(0.5),
    0,
    null,
  ])
})

test('where one line has more points, all are drawn as lines', () => {
  const model = prepareChart([...lines({ a: 1 }), lineOf('b', windowOf([1, 2]))], plain)
  expect(model.rows).toBeNull()
  expect(prepareChart([], plain).rows).toBeNull()
})

test('the summary says the values', () => {
  const { rows, summary } = prepareChart(lines({ a: 0.25, b: 0.5 }), plain)
  expect(rows).toHaveLength(2)
  expect(summary).toBe('Values of val/loss, 2 lines with one each. a: 0.2500. b: 0.5000.')
})
