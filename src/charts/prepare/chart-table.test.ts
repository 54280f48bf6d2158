import { expect, test } from 'vitest'

import { parseCsv } from '#lib/csv.ts'

import { chartCsv, countRows, csvText, pointRows } from './chart-table.ts'
import { lineOf, windowOf } from './fixtures/lines.ts'

const lines = [lineOf('=cmd', windowOf([1, NaN, -2])), lineOf('a, "b"', windowOf([Infinity, 1e-300]))]

test('the file has every drawn point, and no text that a spreadsheet would run', () => {
  const { rows } = parseCsv(chartCsv('-x', lines))
  expect(rows).toEqual([
    ['line', 'step', 'time', "'-x"],
    ["'=cmd", '0', '2023-11-14T22:13:20.000Z', '1'],
    ["'=cmd", '10', '2023-11-14T22:13:30.000Z', 'NaN'],
    ["'=cmd", '20', '2023-11-14T22:13:40.000Z', '-2'],
    ['a, "b"', '0', '2023-11-14T22:13:20.000Z', 'Infinity'],
    ['a, "b"', '10', '2023-11-14T22:13:30.000Z', '1e-300'],
  ])
})

test.each(['=1', '+1', '-1', '@a', '\ta', '\ra'])('%j is made a plain text', text => {
  expect(csvText(text).replace('"', '')).toMatch(/^'/)
})

test('rows by windows, over the ends of lines', () => {
  expect(countRows(lines)).toBe(5)
  expect(pointRows(lines, 2, 2).map(row => row.value)).toEqual(['-2', 'Infinity'])
  expect(pointRows(lines, 4, 10).map(row => row.value)).toEqual(['1e-300'])
  expect(pointRows(lines, 9)).toEqual([])
})

test('a 32-bit float and a step beyond 2^53 stand as they were logged', () => {
  const window = windowOf([Math.fround(0.1)], { float32: true })
  window.drawn.steps = BigInt64Array.from([9_007_199_254_740_993n])
  expect(pointRows([lineOf('a', window)])).toMatchObject([{ step: '9007199254740993', value: '0.1' }])
})

test('the metric on the horizontal axis has a column', () => {
  const placed = lineOf('a', windowOf([5, 6], { x: Float64Array.of(0.1, -2) }))
  expect(parseCsv(chartCsv('loss', [placed], 'lr')).rows).toEqual([
    ['line', 'step', 'time', 'lr', 'loss'],
    ['a', '0', '2023-11-14T22:13:20.000Z', '0.1', '5'],
    ['a', '10', '2023-11-14T22:13:30.000Z', '-2', '6'],
  ])
})
