import { expect, test } from 'vitest'

import { parseStep, placeAt, unionSteps } from './media-steps.ts'

const tag = (...steps: (number | string)[]) => ({ kind: 'image' as const, tag: 't', items: 1, steps })

test('steps of all tags, each once, also beyond 2^53', () => {
  expect(unionSteps([tag(0, 10, '9223372036854775807'), tag(5, 10)])).toEqual([0, 5, 10, '9223372036854775807'])
  expect(unionSteps([])).toEqual([])
})

test('the last step that is not after another', () => {
  expect([-1, 0, 7, 10, 99].map(step => placeAt([0, 5, 10], step))).toEqual([-1, 0, 1, 2, 2])
  expect(placeAt([1, '9223372036854775807'], '9223372036854775806')).toBe(0)
})

test('the step of an address', () => {
  expect(['12', '-3', '9223372036854775807', 'x', '', undefined].map(parseStep)).toEqual([12, -3, '9223372036854775807', null, null, null])
})
