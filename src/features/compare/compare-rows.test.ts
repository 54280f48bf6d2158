import { expect, test } from 'vitest'

import type { ComparedRun, Comparison } from '#contract/comparison.ts'

import { compareRows, isUnlike, packageRows, valueAt, type CompareRow } from './compare-rows.ts'
import { deltaOf } from './delta.ts'
import { groupRuns, parseGrouping, printGrouping } from './grouping.ts'
import { findRows, withSections } from './row-filter.ts'

const run = (name: string, facts: Partial<ComparedRun> = {}): ComparedRun => ({
  asked: name,
  id: name,
  foreignId: name,
  name,
  project: { id: 'p', name: 'digits' },
  status: 'finished',
  user: 'ada',
  start: 0,
  end: 60_000,
  host: '',
  git: { commit: '', branch: '', repository: '', dirty: false },
  command: '',
  framework: '',
  deletedAt: null,
  conflict: false,
  missing: false,
  datasets: [],
  models: [],
  ...facts,
})

const none = [null, null, null]
const comparison: Comparison = {
  runs: [run('a'), run('b', { end: 90_000 }), run('c', { git: { commit: 'f00', branch: '', repository: '', dirty: true } })],
  missing: [],
  params: [
    { key: 'epochs', texts: ['40'], at: [0, 0, 0] },
    { key: 'lr', texts: ['0.1', '0.01'], at: [0, 1, -1] },
    { key: 'seed', texts: ['1', '2'], at: [0, 1, 0] },
  ],
  tags: [],
  metrics: [
    {
      key: 'loss',
      count: [2, 2, 1],
      last: [0.5, 0.4, 'NaN'],
      lastStep: [1, 1, 0],
      min: [0.5, 0.25, null],
      minStep: none,
      max: [1, 1, null],
      maxStep: none,
    },
  ],
}
const rows = compareRows(comparison, null, 0)
const rowOf = (key: string): CompareRow => {
  const found = rows.find(row => row.key === key)
  if (!found) throw new Error(`No row ${key}`)
  return found
}

test('a row differs where runs have different values, or some have none', () => {
  expect(rows.filter(({ differs }) => differs).map(({ key }) => key)).toEqual(['lr', 'seed', 'git.commit', 'git.dirty', 'loss', 'duration'])
  expect(isUnlike(rowOf('lr'), 2, 0)).toBe(true)
  expect(isUnlike(rowOf('epochs'), 2, 0)).toBe(false)
})

test('a metric stands with its best value and the difference to the baseline, lower being better of a loss', () => {
  const loss = rowOf('loss')
  if (loss.kind !== 'number') throw new Error('Not a number')
  expect([0, 1, 2].map(place => valueAt(loss, place))).toEqual([0.5, 0.25, Number.NaN])
  expect(loss.note).toBe('min')
  expect(deltaOf(loss, 1, 0)).toEqual({ text: '−0.2500', verdict: 'better', up: false })
  expect(deltaOf(loss, 0, 1)).toEqual({ text: '+0.2500', verdict: 'worse', up: true })
  expect(deltaOf(loss, 0, 0)?.text).toBe('same')
  expect(deltaOf(loss, 2, 0)).toBeNull()
})

test('rows are found by a regular expression, case ignored; a bad one is said and finds all', () => {
  expect(findRows(rows, { same: true, pattern: '^LR$|epo' }).rows.map(({ key }) => key)).toEqual(['epochs', 'lr'])
  expect(findRows(rows, { same: false, pattern: 'epo' }).rows).toEqual([])
  const bad = findRows(rows, { same: true, pattern: 'lr(' })
  expect(bad.rows).toHaveLength(rows.length)
  expect(bad.error).toMatch(/^Not a regular expression: .*\.$/)
  expect(withSections(bad.rows)[0]).toEqual({ kind: 'section', name: 'Params', count: 3 })
})

test('packages of runs whose files were not read count as none', () => {
  const packages = packageRows([
    { python: '3.12', packages: ['numpy==2.3.5', 'torch'] },
    { python: '3.12', packages: ['NumPy==2.3.4'] },
    null,
  ])
  expect(packages.map(row => [row.key, valueAt(row, 0), valueAt(row, 1), valueAt(row, 2)])).toEqual([
    ['python', '3.12', '3.12', null],
    ['numpy', '2.3.5', '2.3.4', null],
    ['torch', 'any', null, null],
  ])
  expect(packageRows([null, null])).toEqual([])
})

test('runs are grouped by params, or by all that differ but some; labels leave out what is the same', () => {
  const labels = (text: string) => {
    const grouping = parseGrouping(text)
    if (!grouping) throw new Error(`No grouping: ${text}`)
    expect(printGrouping(grouping)).toBe(text)
    return groupRuns(comparison, grouping).map(({ label, runs }) => [label, runs])
  }
  expect(labels('by:seed')).toEqual([
    ['1', [0, 2]],
    ['2', [1]],
  ])
  expect(labels('but:lr')).toEqual([
    ['1', [0, 2]],
    ['2', [1]],
  ])
  expect(labels('but:lr,seed')).toEqual([['all runs', [0, 1, 2]]])
  expect(parseGrouping('seed')).toBeNull()
})

test('200 runs with 500 params are told apart in 150 ms', () => {
  const params = Array.from({ length: 500 }, (_, key) => ({
    key: `p${key}`,
    texts: Array.from({ length: 200 }, (_, at) => String(at)),
    at: Array.from({ length: 200 }, (_, at) => (key % 2 ? 0 : at)),
  }))
  const many = { ...comparison, runs: Array.from({ length: 200 }, (_, at) => run(`r${at}`)), params, metrics: [] }
  const from = performance.now()
  const found = findRows(compareRows(many, null, 0), { same: false, pattern: '^p' })
  expect(performance.now() - from).toBeLessThan(150)
  expect(found.rows).toHaveLength(250)
})
