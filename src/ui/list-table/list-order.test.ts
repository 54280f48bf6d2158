import { expect, test } from 'vitest'

import { nextSort, sortRows, type SortValue } from './list-order.ts'

const sorted = (values: SortValue[], descending = false) => sortRows(values, value => value, descending)

test('missing values stand last both ways', () => {
  expect(sorted([null, 2, Number.NaN, -1, Infinity])).toEqual([-1, 2, Infinity, null, Number.NaN])
  expect(sorted([null, 2, Number.NaN, -1, Infinity], true)).toEqual([Infinity, 2, -1, null, Number.NaN])
})

test('numbers inside texts count, case does not', () => {
  expect(sorted(['layer10', 'Layer2', 'acc'])).toEqual(['acc', 'Layer2', 'layer10'])
})

test('equal rows stay as they came', () => {
  const rows = [
    { key: 'b', value: 1 },
    { key: 'a', value: 1 },
  ]
  expect(sortRows(rows, row => row.value, true)).toEqual(rows)
})

test('a head is pressed three times', () => {
  const first = nextSort(null, 'a', true)
  const second = nextSort(first, 'a', true)
  expect([first, second, nextSort(second, 'a', true)]).toEqual([{ id: 'a', descending: true }, { id: 'a', descending: false }, null])
  expect(nextSort(first, 'b', false)).toEqual({ id: 'b', descending: false })
})
