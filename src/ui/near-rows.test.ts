import { expect, test } from 'vitest'

import { columnsIn, rowsNear } from './near-rows.ts'

test('as many columns as fit, one at least', () => {
  expect([0, 359, 360, 731, 732, 1_104].map(width => columnsIn(width, 360, 12))).toEqual([1, 1, 1, 1, 2, 3])
})

const grid = { rows: 100, pitch: 100, margin: 50, view: 400 }

test('rows in view and within the margin', () => {
  expect(rowsNear({ ...grid, top: 0 })).toEqual({ first: 0, last: 4 })
  expect(rowsNear({ ...grid, top: -1_000 })).toEqual({ first: 9, last: 14 })
  expect(rowsNear({ ...grid, top: -9_900 })).toEqual({ first: 98, last: 99 })
})

test.each([
  ['a grid below the view', 451],
  ['a grid above the view', -10_051],
])('no rows of %s', (_, top) => {
  const { first, last } = rowsNear({ ...grid, top })
  expect(last).toBeLessThan(first)
})

test('no rows of an empty grid', () => {
  const { first, last } = rowsNear({ ...grid, rows: 0, top: 0 })
  expect(last).toBeLessThan(first)
})
