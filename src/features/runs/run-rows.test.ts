import { expect, test } from 'vitest'

import type { RunsPage } from '#contract/runs-page.ts'

import { assembleRows, cellStep, cellValue, mergeInfos } from './run-rows.ts'

function page(ids: string[], columns: RunsPage['columns']): RunsPage {
  const rows = ids.map(id => ({ id, name: id, status: 'finished' as const, deleted: false, conflict: false, missing: false }))
  return { total: ids.length, all: ids.length, offset: 0, rows, columns }
}

const accuracy = (values: (number | 'NaN' | null)[], steps: (number | null)[]) => ({
  operand: 'metrics.acc',
  type: 'number' as const,
  numeric: true,
  values,
  steps,
})

test('cells are found in whichever page holds their column', () => {
  const first = page(['a', 'b'], [accuracy([0.5, null], [10, null])])
  const second = page(['a', 'b'], [{ operand: 'params.lr', type: 'text', numeric: true, values: ['0.1', null] }])
  const [a, b] = assembleRows([first, second])
  if (!a || !b) throw new Error('two rows')
  expect([cellValue(a, 'metrics.acc'), cellStep(a, 'metrics.acc'), cellValue(a, 'params.lr')]).toEqual([0.5, 10, '0.1'])
  expect([cellValue(b, 'metrics.acc'), cellStep(b, 'metrics.acc'), cellValue(b, 'tags.x')]).toEqual([null, null, undefined])
  expect(assembleRows([first, second])[0]).toBe(a)
})

test('a page of other runs is not mixed in', () => {
  const rows = assembleRows([page(['a'], []), page(['b'], [accuracy([1], [1])])])
  expect(rows[0] && cellValue(rows[0], 'metrics.acc')).toBeUndefined()
})

test('what is known of a column grows and keeps its format', () => {
  const range = { min: 0.1, p2: 0.1, p98: 0.9, max: 0.9, integers: false }
  const first = mergeInfos(new Map(), [page(['a'], [{ ...accuracy([0.5], [10]), range }])])
  expect(first.get('metrics.acc')).toMatchObject({ valueLength: 6, stepLength: 2, format: { decimals: 4 } })
  const second = mergeInfos(first, [page(['b'], [accuracy([-1234.5], [1_000])])])
  expect(second.get('metrics.acc')).toMatchObject({ valueLength: 11, stepLength: 5, format: { decimals: 4 }, range })
  expect(mergeInfos(second, [page(['a'], [accuracy([0.5], [10])])])).toBe(second)
})

test('a column is as wide from the start as its whole spread needs', () => {
  const range = { min: -1234.5, p2: 0.1, p98: 0.9, max: 0.9, integers: false }
  const infos = mergeInfos(new Map(), [page(['a'], [{ ...accuracy([0.5], [10]), range }])])
  expect(infos.get('metrics.acc')?.valueLength).toBe('−1,234.50'.length)
})

test('steps that are all 0 take no room', () => {
  expect(mergeInfos(new Map(), [page(['a'], [accuracy([0.5], [0])])]).get('metrics.acc')?.stepLength).toBe(0)
})
