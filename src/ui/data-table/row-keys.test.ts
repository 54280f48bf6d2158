import { expect, test } from 'vitest'

import { RowKeys } from './row-keys.ts'

function keysAt(keys: RowKeys, first: number, last: number, active: number): string[] {
  keys.show(first, last, active)
  return Array.from({ length: last - first + 1 }, (_, at) => keys.keyOf(first + at))
}

test('rows keep their keys while the table scrolls, and a jump hands them over', () => {
  const keys = new RowKeys()
  expect(keysAt(keys, 0, 3, -1)).toEqual(['0', '1', '2', '3'])
  expect(keysAt(keys, 2, 5, -1)).toEqual(['2', '3', '4', '5'])
  expect(keysAt(keys, 500, 503, -1)).toEqual(['2', '3', '4', '5'])
  expect(keysAt(keys, 500, 503, -1)).toEqual(['2', '3', '4', '5'])
  expect(keysAt(keys, 0, 3, -1)).toEqual(['2', '3', '4', '5'])
})

test('the active row keeps its key, from before it was the active one, and shares it with no other', () => {
  const keys = new RowKeys()
  expect(keysAt(keys, 0, 3, 0)).toEqual(['0', '1', '2', '3'])
  expect(keysAt(keys, 0, 3, 2)).toEqual(['0', '1', '2', '3'])
  expect(keysAt(keys, 500, 503, 2)).toEqual(['0', '1', '2 beside', '3'])
  expect(keys.keyOf(2)).toBe('2')
  expect(keysAt(keys, 500, 503, 502)).toEqual(['0', '1', '2 beside', '3'])
})
