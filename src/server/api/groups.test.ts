import { rmSync } from 'node:fs'

import { afterEach, expect, test } from 'vitest'

import { operations, type Input } from '#contract/operations.ts'
import type { RunGroups } from '#contract/run-groups.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { decodeWindows } from '#contract/windows-frame.ts'
import { createReader } from '#server/queries/service.ts'
import type { RunRecord, SeriesRecord } from '#server/readers/record.ts'

import { homeWithRuns, runRecord } from './test-home.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function points(key: string, values: number[], steps = values.map((_, at) => at), start = 100): SeriesRecord {
  return { key, steps, times: steps.map((_, at) => start + at), values }
}

function run(foreignId: string, params: Record<string, string>, ...series: SeriesRecord[]): RunRecord {
  return runRecord({ foreignId, path: `1/${foreignId}`, digest: foreignId, fingerprint: foreignId, params: Object.entries(params), series })
}

function open(...records: RunRecord[]) {
  const { folder, file } = homeWithRuns(...records)
  folders.push(folder)
  const { service } = createReader(file)
  return {
    groups: (input: Omit<Input<'runGroups'>, 'project'>) =>
      JSON.parse(new TextDecoder().decode(service.runGroups(operations.runGroups.input.parse({ project: '1', ...input })))) as RunGroups,
    windows: (input: Omit<Input<'groupWindows'>, 'width'>) =>
      decodeWindows(service.groupWindows(operations.groupWindows.input.parse({ width: 640, ...input }))),
    [Symbol.dispose]: () => service.close(null),
  }
}

function lineOf(answer: SeriesWindow | SeriesFault | undefined): SeriesWindow {
  if (!answer || 'error' in answer) throw new Error(`Not a line: ${JSON.stringify(answer)}`)
  return answer
}

const seeds = [
  run('a', { lr: '0.1', seed: '1' }, points('loss', [4, 2, 1])),
  run('b', { lr: '0.1', seed: '2' }, points('loss', [2, 1, 1])),
  run('c', { lr: '0.01', seed: '1' }, points('loss', [8, 8])),
  run('d', { seed: '1' }, points('acc', [1])),
]

test('runs are grouped by the values of params, numbers by size, what is missing last', () => {
  using home = open(...seeds)
  expect(home.groups({ by: ['params.lr'] })).toMatchObject({
    total: 4,
    distinct: 3,
    groups: [
      { values: ['0.01'], total: 1 },
      { values: ['0.1'], total: 2 },
      { values: [null], total: 1 },
    ],
  })
  const two = home.groups({ by: ['params.lr', 'params.seed'], filter: 'params.lr = 0.1' })
  expect(two.groups.map(({ values, total }) => [...values, total])).toEqual([
    ['0.1', '1', 1],
    ['0.1', '2', 1],
  ])
  expect(() => home.groups({ by: ['metrics.loss'] })).toThrow(/is a metric, expected a param/)
  expect(() => home.groups({ by: ['params.'] })).toThrow(/^by: params\./)
})

test('of many groups the largest are told, and of many runs so many as can be read, the small groups whole', () => {
  using home = open(
    ...Array.from({ length: 30 }, (_, at) => run(`s${at}`, { size: String(at) })),
    ...Array.from({ length: 700 }, (_, at) => run(`m${at}`, { size: 'large' })),
  )
  const { distinct, total, groups } = home.groups({ by: ['params.size'] })
  expect([distinct, total, groups.length]).toEqual([31, 730, 20])
  expect(groups.at(-1)).toMatchObject({ values: ['large'], total: 700 })
  expect(groups.at(-1)?.runs).toHaveLength(481)
  expect(groups.slice(0, 19).every(group => group.runs.length === 1)).toBe(true)
})

test('a group is the mean of its runs with a band, joined on their steps; one without the metric is counted', () => {
  using home = open(...seeds)
  const [low, high, none] = home.windows({
    keys: ['loss'],
    groups: [
      { id: 'low', runs: ['c'] },
      { id: 'high', runs: ['a', 'b', 'd'] },
      { id: 'none', runs: ['d'] },
    ],
  })
  expect(lineOf(high)).toMatchObject({
    run: 'high',
    key: 'loss',
    total: 3,
    group: { runs: 2, of: 3, least: 2, most: 2, exact: true, left: 0 },
  })
  expect([...lineOf(high).drawn.values]).toEqual([3, 1.5, 1])
  expect(lineOf(high).band?.high[0]).toBeCloseTo(3 + Math.SQRT2, 12)
  expect(lineOf(high).band?.low[2]).toBe(1)
  expect([...(lineOf(low).band?.low ?? [])]).toEqual([NaN, NaN])
  expect(none).toMatchObject({ error: { error: { kind: 'not_found' } } })
})

test('values are carried to the places of others between the ends of a run, and what is not finite is left out', () => {
  using home = open(run('a', {}, points('loss', [1, 3, 5], [0, 10, 20])), run('b', {}, points('loss', [7, NaN], [5, 15], 900)))
  const groups = [{ id: 'all', runs: ['a', 'b'] }]
  const [steps] = home.windows({ keys: ['loss'], groups, band: 'range' })
  expect(lineOf(steps).group).toEqual({ runs: 2, of: 2, least: 1, most: 2, exact: false, left: 1 })
  expect([...lineOf(steps).drawn.steps]).toEqual([0, 5, 10, 15, 20])
  expect([...lineOf(steps).drawn.values]).toEqual([1, 4, 5, 3, 5])
  expect([...(lineOf(steps).band?.high ?? [])]).toEqual([1, 7, 7, 3, 5])
  const [relative] = home.windows({ keys: ['loss'], groups, x: 'relative' })
  expect([...lineOf(relative).drawn.times]).toEqual([0, 1, 2])
  expect([...lineOf(relative).drawn.values]).toEqual([4, 3, 5])
})

test('more runs than are read for one answer are refused', () => {
  using home = open(...seeds)
  const groups = ['x', 'y'].map(id => ({ id, runs: Array.from({ length: 300 }, (_, at) => `r${at}`) }))
  expect(() => home.windows({ keys: ['loss'], groups })).toThrow('groups: 600 runs, expected at most 500 over all groups.')
})
