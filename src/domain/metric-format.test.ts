import { expect, test } from 'vitest'

import type { MetricSummary } from '#contract/run.ts'
import { formatNumber } from '#lib/format.ts'

import { metricFormat } from './metric-format.ts'

function summary(values: number[]): MetricSummary {
  const point = (value: number) => ({ value, step: 0 })
  const sum = values.reduce((total, value) => total + value, 0)
  return {
    key: 'm',
    count: values.length,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    first: point(values[0] ?? 0),
    last: { ...point(values.at(-1) ?? 0), time: 0 },
    min: point(Math.min(...values)),
    max: point(Math.max(...values)),
    mean: sum / values.length,
  }
}

function written(values: number[]): string[] {
  const metric = summary(values)
  const format = metricFormat(metric)
  return [formatNumber(Number(metric.last.value), format.values), formatNumber(Number(metric.mean), format.mean)]
}

test.each([
  [
    [0, 0.5, 0.7, 1],
    ['1.0000', '0.5500'],
  ],
  [
    [1, 2, 4],
    ['4', '2.3333'],
  ],
  [
    [2, 4],
    ['4', '3'],
  ],
  [
    [10_000.25, 50_000],
    ['50,000.00', '30,000.13'],
  ],
])('%j', (values, texts) => {
  expect(written(values)).toEqual(texts)
})

test('a metric without finite values', () => {
  const point = { value: 'NaN', step: 0 } as const
  const metric = { ...summary([0]), nan: 1, first: point, last: { ...point, time: 0 }, min: null, max: null, mean: null }
  expect(metricFormat(metric).values.decimals).toBe(4)
})
