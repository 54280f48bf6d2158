import { rmSync } from 'node:fs'

import { expect, onTestFinished, test } from 'vitest'

import type { Comparison } from '#contract/comparison.ts'
import { operations, type Input } from '#contract/operations.ts'
import { createReader } from '#server/queries/service.ts'
import type { RunRecord } from '#server/readers/record.ts'

import { homeWithRuns, runRecord } from './test-home.ts'

function run(foreignId: string, facts: Partial<RunRecord>): RunRecord {
  return runRecord({ foreignId, path: `1/${foreignId}`, digest: foreignId, fingerprint: foreignId, ...facts })
}

function open(...records: RunRecord[]) {
  const { folder, file } = homeWithRuns(...records)
  const { service } = createReader(file)
  onTestFinished(() => {
    service.close(null)
    rmSync(folder, { recursive: true, force: true })
  })
  return (input: Input<'comparison'>): Comparison =>
    operations.comparison.output.parse(JSON.parse(new TextDecoder().decode(service.comparison(operations.comparison.input.parse(input)))))
}

const loss = (...values: number[]) => ({ key: 'loss', steps: values.map((_, at) => at), times: values.map((_, at) => at), values })

test('rows hold each value once and its place of each run, in the order asked; what one run lacks is said', () => {
  const compare = open(
    run('a', {
      params: [
        ['lr', '0.1'],
        ['seed', '1'],
      ],
      series: [loss(3, 1, 2)],
    }),
    run('b', { params: [['lr', '0.1']], series: [loss(Number.NaN)] }),
    run('c', {
      params: [
        ['lr', '0.2'],
        ['seed', '1'],
      ],
      series: [],
    }),
  )
  const { runs, params, metrics } = compare({ runs: ['c', 'a', 'b', 'a'] })
  expect(runs.map(({ foreignId }) => foreignId)).toEqual(['c', 'a', 'b'])
  expect(params.map(({ key }) => key)).toEqual(['lr', 'seed'])
  const [lr, seed] = params
  expect(lr?.at.map(at => lr.texts[at])).toEqual(['0.2', '0.1', '0.1'])
  expect(lr?.texts).toHaveLength(2)
  expect(seed).toEqual({ key: 'seed', texts: ['1'], at: [0, 0, -1] })
  expect(metrics).toEqual([
    {
      key: 'loss',
      count: [0, 3, 1],
      last: [null, 2, 'NaN'],
      lastStep: [null, 2, 0],
      min: [null, 1, null],
      minStep: [null, 1, null],
      max: [null, 3, null],
      maxStep: [null, 0, null],
    },
  ])
})

test('a run is found by either id, once, and one that is not here is named beside those that are', () => {
  const compare = open(run('a', {}), run('b', {}))
  const [{ id } = { id: '' }] = compare({ runs: ['a'] }).runs
  const { runs, missing } = compare({ runs: [id, 'nothing', 'b', 'a'] })
  expect(runs.map(({ foreignId }) => foreignId)).toEqual(['a', 'b'])
  expect(runs[0]?.asked).toBe(id)
  expect(missing).toEqual([{ asked: 'nothing', reason: 'No run nothing in this home.' }])
})

test('200 runs with 500 params are a small answer', () => {
  const many = Array.from({ length: 200 }, (_, at) =>
    run(`r${at}`, { params: Array.from({ length: 500 }, (_, key): [string, string] => [`p${key}`, key % 5 === 0 ? String(at) : '1']) }),
  )
  const compare = open(...many)
  const comparison = compare({ runs: many.map(({ foreignId }) => foreignId) })
  expect(comparison.params).toHaveLength(500)
  expect(JSON.stringify(comparison).length).toBeLessThan(600_000)
})
