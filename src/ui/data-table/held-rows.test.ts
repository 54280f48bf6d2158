import { expect, test } from 'vitest'

import { HeldRows } from './held-rows.ts'

test('rows stay after a jump until what is there is here', () => {
  const rows = new HeldRows()
  expect(rows.show([0, 1, 2], 0, true)).toEqual([0, 1, 2])
  expect(rows.show([0, 50, 51], 0, true)).toEqual([0, 1, 2])
  expect(rows.show([0, 70, 71], 0, true)).toEqual([0, 1, 2])
  expect(rows.show([0, 70, 71], 0, false)).toEqual([0, 70, 71])
})

test('a step of scrolling, and a jump that takes the active row along, are drawn at once', () => {
  const rows = new HeldRows()
  rows.show([0, 1, 2, 3], 0, false)
  expect(rows.show([0, 3, 4, 5], 0, true)).toEqual([0, 3, 4, 5])
  expect(rows.show([90, 91, 92], 91, true)).toEqual([90, 91, 92])
})
