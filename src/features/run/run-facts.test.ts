import { expect, test } from 'vitest'

import { commitText, durationText, shortPath, userTags, wholePath } from './run-facts.ts'

test('own tags of MLflow are left out', () => {
  const tags = ['mlflow.user', 'stage', 'mlflow'].map(key => ({ key, value: '' }))
  expect(userTags(tags).map(tag => tag.key)).toEqual(['stage', 'mlflow'])
})

test('commit with and without a branch', () => {
  expect(commitText('3f9c2e1aa', 'main')).toBe('main@3f9c2e1')
  expect(commitText('3f9c2e1aa', '')).toBe('3f9c2e1')
})

test.each([
  [{ start: 0, end: 394_000, status: 'finished' as const }, '6 min 34 s'],
  [{ start: 0, end: null, status: 'running' as const }, '10 s so far'],
  [{ start: 20_000, end: null, status: 'running' as const }, '0 ms so far'],
  [{ start: 0, end: null, status: 'killed' as const }, ''],
  [{ start: null, end: 1, status: 'finished' as const }, ''],
])('duration of %j', (run, text) => {
  expect(durationText({ ...run, metrics: [] }, 10_000)).toBe(text)
})

test('a running run that fell silent says how far it is known to have come', () => {
  const point = { value: 1, step: 0 }
  const metric = { key: 'a', count: 1, nan: 0, positiveInfinity: 0, negativeInfinity: 0, first: point, min: point, max: point, mean: 1 }
  const run = { start: 1_000, end: null, status: 'running' as const, metrics: [{ ...metric, last: { ...point, time: 61 } }] }
  expect(durationText(run, 71_000)).toBe('1 min 10 s so far')
  expect(durationText(run, 10 * 86_400_000)).toBe('1 min 00 s until the last point')
  expect(durationText({ ...run, metrics: [] }, 10 * 86_400_000)).toBe('')
})

test.each([
  [{ source: '/home/me/mlruns', path: '481/a79b183c85aa4b0f9d1c2e3f' }, 'mlruns/481/a79b183c85…'],
  [{ source: 'C:\\data\\mlruns', path: '0/short' }, 'mlruns/0/short'],
  [{ source: '/runs', path: '' }, 'runs'],
])('short path of %j', (place, text) => {
  expect(shortPath(place)).toBe(text)
})

test('a run in a database has the path of that', () => {
  const place = { source: '/data/iris/mlflow.db', path: '' }
  expect([wholePath(place), shortPath(place)]).toEqual(['/data/iris/mlflow.db', 'data/iris/mlflow.db'])
  expect(wholePath({ source: '/data/mlruns', path: '1/a' })).toBe('/data/mlruns/1/a')
})
