import { expect, test } from 'vitest'

import type { MetricSummary } from '#contract/run.ts'

import { columnSize, metricRow, padding } from './metric-rows.ts'

const loss: MetricSummary = {
  key: 'loss',
  count: 3,
  nan: 1,
  positiveInfinity: 0,
  negativeInfinity: 0,
  first: { value: 2.5, step: 0 },
  last: { value: 'NaN', step: '9007199254740993', time: 0 },
  min: { value: 0.00001, step: 1_460 },
  max: { value: 2.5, step: 0 },
  mean: 1.25,
}

test('numbers as they are written, with their steps', () => {
  const { last, min, max, mean } = metricRow(loss)
  expect([last, min, max, mean].map(({ text, step }) => `${text} ${step}`.trim())).toEqual([
    'NaN @ 9,007,199,254,740,993',
    '1e-5 @ 1,460',
    '2.5000 @ 0',
    '1.2500',
  ])
})

test('a metric without finite values has no least and greatest', () => {
  const { min, mean } = metricRow({ ...loss, min: null, max: null, mean: null })
  expect([min.text, mean.text]).toEqual(['–', '–'])
})

test('a column has room for the decimals of all', () => {
  const whole = metricRow({
    ...loss,
    key: 'epoch',
    nan: 0,
    first: { value: 1, step: 0 },
    last: { value: 123_456, step: 2, time: 0 },
    min: { value: 1, step: 0 },
    max: { value: 123_456, step: 2 },
    mean: 41_153,
  })
  const numbers = [whole.max, metricRow(loss).max, metricRow(loss).min]
  const size = columnSize(numbers)
  expect(size).toEqual({ decimals: 4, characters: 12, step: 7 })
  expect(numbers.map(number => padding(number, size.decimals))).toEqual([
    { digits: 4, point: true },
    { digits: 0, point: false },
    { digits: 0, point: false },
  ])
})
