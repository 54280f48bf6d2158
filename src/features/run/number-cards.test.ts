import { expect, test } from 'vitest'

import type { MetricSummary } from '#contract/run.ts'

import { numberCards } from './number-cards.ts'

function metric(key: string, count = 3): MetricSummary {
  const zeroed = { nan: 0, positiveInfinity: 0, negativeInfinity: 0 }
  return {
    key,
    count,
    ...zeroed,
    first: { value: 2, step: 0 },
    last: { value: 2.5, step: 9, time: 0 },
    min: { value: 1, step: 4 },
    max: { value: 3, step: 5 },
    mean: 2,
  }
}

function chosen(keys: string[], primary: Parameters<typeof numberCards>[1] = null): string[] {
  return numberCards(
    keys.map(key => metric(key)),
    primary,
  ).map(({ metric, aggregate, step }) => `${metric.key} ${aggregate} @ ${step}`)
}

test('at most four, the likeliest to matter first, equals by depth, then in the order of keys', () => {
  expect(chosen(['layers/0/norm', 'lr', 'system/cpu', 'train/loss', 'val/acc', 'val/loss', 'wall'])).toEqual([
    'val/acc max @ 5',
    'val/loss min @ 4',
    'train/loss min @ 4',
    'lr last @ 9',
  ])
})

test('the primary metric leads, in its own direction', () => {
  expect(chosen(['val/acc', 'score'], { key: 'score', greaterIsBetter: false })).toEqual(['score min @ 4', 'val/acc max @ 5'])
})

test('one point is its last, and so is a metric without finite values', () => {
  const broken = { ...metric('loss'), min: null, max: null, mean: null, last: { value: 'NaN' as const, step: 7, time: 0 } }
  expect(numberCards([metric('acc', 1), broken], null).map(({ aggregate, value }) => [aggregate, value])).toEqual([
    ['last', 2.5],
    ['last', 'NaN'],
  ])
})

test('a run without metrics has none', () => {
  expect(numberCards([], { key: 'acc', greaterIsBetter: true })).toEqual([])
})
