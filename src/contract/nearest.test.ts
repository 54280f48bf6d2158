import { expect, test } from 'vitest'

import { nearest } from './nearest.ts'

test.each([
  ['statis', ['start_time', 'status'], 'status'],
  ['stauts', ['start_time', 'status'], 'status'],
  ['STATUS', ['status'], 'status'],
  ['val_acc', ['val/acc', 'val/loss'], 'val/acc'],
  ['x', ['y', 'z'], 'y'],
  ['dataset', ['metrics', 'params', 'tags', 'attributes'], undefined],
  ['accuracy', [], undefined],
  ['', ['a', 'ab'], 'a'],
])('nearest(%j, %j) is %j', (word, names, expected) => {
  expect(nearest(word, names)).toBe(expected)
})

test('a long word costs no time and still finds itself in other case', () => {
  const long = 'k'.repeat(10_000)
  expect(nearest(long, [`${long}x`, long.toUpperCase()])).toBe(long.toUpperCase())
})
