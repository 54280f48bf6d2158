import { expect, test } from 'vitest'

import { nextPosition, revealOffset } from './grid-position.ts'

const size = { rows: 100, columns: 8, page: 20 }
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false })

test.each([
  ['ArrowDown', false, { row: 6, column: 3 }],
  ['ArrowUp', false, { row: 4, column: 3 }],
  ['ArrowLeft', false, { row: 5, column: 2 }],
  ['ArrowRight', false, { row: 5, column: 4 }],
  ['Home', false, { row: 5, column: 0 }],
  ['End', false, { row: 5, column: 7 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 99, column: 7 }],
  ['PageDown', false, { row: 25, column: 3 }],
  ['PageUp', false, { row: 0, column: 3 }],
  ['ArrowDown', true, { row: 99, column: 3 }],
  ['ArrowUp', true, { row: 0, column: 3 }],
])('%s, with control %s', (key, ctrlKey, expected) => {
  expect(nextPosition({ row: 5, column: 3 }, press(key, ctrlKey), size)).toEqual(expected)
})

test('the head is above the first row, and the edges hold', () => {
  expect(nextPosition({ row: 0, column: 0 }, press('ArrowUp'), size)).toEqual({ row: -1, column: 0 })
  expect(nextPosition({ row: -1, column: 0 }, press('ArrowUp'), size)).toEqual({ row: -1, column: 0 })
  expect(nextPosition({ row: -1, column: 2 }, press('PageUp'), size)).toEqual({ row: -1, column: 2 })
  expect(nextPosition({ row: 99, column: 7 }, press('ArrowDown'), size)).toEqual({ row: 99, column: 7 })
  expect(nextPosition({ row: 3, column: 0 }, press('ArrowDown'), { ...size, rows: 0 })).toEqual({ row: -1, column: 0 })
  expect(nextPosition({ row: 0, column: 0 }, press('a'), size)).toBeNull()
})

test('a span is scrolled clear of both covered edges', () => {
  const view = { offset: 100, size: 400, coveredStart: 44, coveredEnd: 56 }
  expect(revealOffset({ start: 200, size: 28 }, view)).toBe(100)
  expect(revealOffset({ start: 120, size: 28 }, view)).toBe(76)
  expect(revealOffset({ start: 430, size: 28 }, view)).toBe(114)
  expect(revealOffset({ start: 10, size: 28 }, view)).toBe(0)
})
