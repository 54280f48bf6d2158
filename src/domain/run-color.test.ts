import { expect, test } from 'vitest'

import { runColor, runSeries } from './run-color.ts'

test('a run keeps its colour, and ids spread over all ten', () => {
  expect(runColor('a79b183c85')).toBe(`var(--series-${runSeries('a79b183c85')})`)
  const counts = new Map<number, number>()
  for (let index = 0; index < 10_000; index++) {
    const series = runSeries(`run-${index}`)
    counts.set(series, (counts.get(series) ?? 0) + 1)
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  expect(Math.min(...counts.values())).toBeGreaterThan(800)
})
