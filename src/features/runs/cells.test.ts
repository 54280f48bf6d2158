import { expect, test } from 'vitest'

import { heatScale, runPath } from './cells.tsx'

test('six steps of shade lie between the 2nd and 98th percentile, and the ends take what is beyond', () => {
  const level = heatScale({ min: -5, p2: 0, p98: 6, max: 90, integers: false })
  expect([-5, 0, 0.9, 1, 2.5, 5.9, 6, 90].map(level)).toEqual([1, 1, 1, 2, 3, 6, 6, 6])
})

test('values that are all alike have no shade', () => {
  expect(heatScale({ min: 1, p2: 1, p98: 1, max: 1, integers: true })(1)).toBe(0)
  expect(heatScale(undefined)(1)).toBe(0)
})

test('ids are a segment of their own, whatever is in them', () => {
  expect(runPath('a/b?c')).toBe('/runs/a%2Fb%3Fc')
})
