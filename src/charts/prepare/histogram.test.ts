import { expect, test } from 'vitest'

import type { Histogram } from '#contract/media.ts'

import { histogramRange, prepareHistogram, prepareStrip } from './histogram.ts'

const of = (...buckets: Histogram['buckets']): Histogram => ({ step: 0, time: 0, buckets })

test('heights are counts by width, over the range of all histograms', () => {
  const histogram = of([0, 1, 2], [1, 3, 2], [3, 3, 0])
  expect(histogramRange([histogram, of([-1, 0, 1])])).toEqual({ min: -1, max: 3 })
  const { path, ticks, summary } = prepareHistogram(histogram, { min: -1, max: 3 }, 400)
  expect(path).toBe('M0.25 1V0H0.5V1ZM0.5 1V0.5H1V1Z')
  expect(ticks.map(({ text }) => text)).toEqual(['0', '2'])
  expect(summary).toBe('4 values from 0.0000 to 3.0000.')
})

test('no values, one value, values that are not finite', () => {
  expect(histogramRange([of(), of([0, 1, 0])])).toBeNull()
  expect(histogramRange([of([5, 5, 3])])).toEqual({ min: 4.5, max: 5.5 })
  expect(histogramRange([of(['NaN', 1, 3], [0, 'Infinity', 3], [0, 2, 1])])).toEqual({ min: 0, max: 2 })
  expect(prepareHistogram(of(), { min: 0, max: 1 }, 400)).toMatchObject({ path: '', summary: 'No values.' })
})

test('a strip has a column a step, the fullest cell darkest, buckets shared out over what they cover', () => {
  const { columns, rows, paths } = prepareStrip([of([0, 1, 32]), of([0, 0.5, 16])], { min: 0, max: 1 })
  expect([columns, rows]).toEqual([2, 32])
  const cells = (paths.at(-1) ?? '').match(/M\d+/g) ?? []
  expect(cells.filter(cell => cell === 'M0')).toHaveLength(32)
  expect(cells.filter(cell => cell === 'M1')).toHaveLength(16)
  expect(paths.slice(0, -1).join('')).toBe('')
})
