import { rmSync } from 'node:fs'

import { afterAll, expect, test } from 'vitest'

import { aggregates, attributes, type Attribute, type Operand } from '#contract/operand.ts'
import { homeWithRuns, runRecord } from '#server/api/test-home.ts'

import { ColumnCache } from './column-cache.ts'
import type { Column } from './column.ts'
import { openForReading } from './database.ts'

const size = 120
const positions = Uint32Array.of(0, 17, 18, size - 1)

function dataset(name: string, context: string) {
  return { name, digest: `${name} 1`, context, sourceType: 'local', source: '/data' }
}

const { folder, file } = homeWithRuns(
  ...Array.from({ length: size }, (_, run) =>
    runRecord({
      foreignId: `r${run}`,
      digest: `d${run}`,
      name: `run ${run}`,
      user: run % 3 === 0 ? '' : `user ${run % 5}`,
      start: run === 17 ? null : 1_700_000_000_000 + run,
      // Every run has them but one of those looked at.
      params:
        run === 18
          ? []
          : [
              ['lr', String(run / 8)],
              ['note', run === 3 ? 'three' : String(run)],
            ],
      tags: [['team', `t${run % 4}`]],
      datasets: ['digits', 'letters', 'digits'].slice(0, run % 4).map(name => dataset(name, run % 2 === 0 ? '' : 'eval')),
      series: [
        {
          key: 'loss',
          steps: [1, run === 0 ? 2n ** 62n + 1n : run + 2],
          times: [1, 2],
          values: run === 17 ? [Number.NaN, Number.NaN] : run === size - 1 ? [1, Number.NEGATIVE_INFINITY] : [run, -0],
        },
      ],
    }),
  ),
)
const database = openForReading(file)
afterAll(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const operands: Operand[] = [
  ...aggregates.map((aggregate): Operand => ({ kind: 'metric', key: 'loss', aggregate })),
  { kind: 'param', key: 'lr' },
  { kind: 'param', key: 'note' },
  { kind: 'tag', key: 'team' },
  ...(Object.keys(attributes) as Attribute[]).map((key): Operand => ({ kind: 'attribute', key })),
]

function valueAt(column: Column, at: number): unknown {
  if (column.kind === 'text') return [column.codes[at] ?? 0, ...(column.more?.get(at) ?? [])].map(code => column.texts[code])
  return [column.present[at], column.numbers[at], column.wideSteps?.get(at) ?? column.steps?.[at]]
}

test.for(operands)('what is looked up is what the whole column holds: %o', operand => {
  const cache = new ColumnCache(database)
  const shown = cache.shown(1, operand, positions)
  expect(shown.partial).toBe(true)
  const whole = new ColumnCache(database).column(1, operand)
  expect(Array.from(positions, (_, at) => valueAt(shown.column, at))).toStrictEqual(Array.from(positions, at => valueAt(whole, at)))
})

test('a run has each of its datasets once, in the order logged, and none where the field is empty', () => {
  const cache = new ColumnCache(database)
  const texts = (key: 'datasets.name' | 'datasets.context', at: number) => valueAt(cache.column(1, { kind: 'attribute', key }), at)
  expect([0, 1, 2, 3].map(at => texts('datasets.name', at))).toEqual([[''], ['digits'], ['digits', 'letters'], ['digits', 'letters']])
  expect([0, 1, 2, 3].map(at => texts('datasets.context', at))).toEqual([[''], ['eval'], [''], ['eval']])
})

test('a column of numbers in all runs is numeric, whatever was looked up', () => {
  const cache = new ColumnCache(database)
  expect(cache.shown(1, { kind: 'param', key: 'lr' }, positions)).toMatchObject({ partial: true, numeric: true })
  expect(cache.shown(1, { kind: 'param', key: 'note' }, positions)).toMatchObject({ partial: true, numeric: false })
})

test('columns that were looked up are there whole once the wishes are met', () => {
  const cache = new ColumnCache(database)
  for (const operand of operands) cache.shown(1, operand, positions)
  let loaded = 0
  while (cache.loadWished()) loaded += 1
  expect(loaded).toBe(operands.length)
  for (const operand of operands) expect(cache.shown(1, operand, positions).partial).toBe(false)
})

test('wishes for a project that changed are dropped with its columns', () => {
  const cache = new ColumnCache(database)
  cache.shown(1, { kind: 'param', key: 'lr' }, positions)
  cache.drop([1])
  expect(cache.loadWished()).toBe(false)
})

test('a key that few runs have is loaded whole at once, and one that none has is missing', () => {
  const cache = new ColumnCache(database)
  const many = Uint32Array.from({ length: 10 }, (_, at) => at)
  expect(cache.shown(1, { kind: 'param', key: 'lr' }, many).partial).toBe(false)
  expect(cache.shown(1, { kind: 'param', key: 'none' }, positions)).toMatchObject({ partial: false })
})
