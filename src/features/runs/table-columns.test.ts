import { expect, test } from 'vitest'

import { numberFormat } from '#lib/format.ts'

import type { ColumnInfo } from './run-rows.ts'
import { parseColumns, type ShownColumn } from './shown-columns.ts'
import { tableColumns } from './table-columns.tsx'

const shown = parseColumns('max(metrics.`val/acc`):heat,metrics.lr,params.lr,params.optimizer,start_time,duration,run_name').filter(
  (column): column is ShownColumn => 'id' in column,
)
const facts = { infos: new Map<string, ColumnInfo>(), numericKeys: new Set(['params.lr']), primary: null, all: 1_280 }

test('heads say what the values are, and numbers stand at the right before they are here', () => {
  expect(tableColumns(shown, facts).map(({ title, note, align, descendingFirst }) => [title, note, align, descendingFirst])).toEqual([
    ['Name', '1,280 runs', 'start', false],
    ['val/acc', 'max, higher is better', 'end', true],
    ['lr', 'last', 'end', true],
    ['lr', 'param', 'end', false],
    ['optimizer', 'param', 'start', false],
    ['Started', '', 'end', true],
    ['Duration', '', 'end', false],
  ])
})

test("the project's own word on its metric goes before what the name says", () => {
  const [, accuracy] = tableColumns(shown, { ...facts, primary: { key: 'val/acc', greaterIsBetter: false } })
  expect(accuracy?.note).toBe('max, lower is better')
  expect(accuracy?.descendingFirst).toBe(false)
})

test('a column grows with its numbers', () => {
  const info = (valueLength: number, stepLength: number): ColumnInfo => ({
    type: 'number',
    numeric: true,
    range: undefined,
    format: numberFormat(undefined),
    valueLength,
    stepLength,
  })
  const size = (of: ColumnInfo) => tableColumns(shown, { ...facts, infos: new Map([['metrics.lr', of]]) })[2]?.size ?? 0
  expect(size(info(14, 5))).toBeGreaterThan(size(info(6, 5)))
  expect(size(info(6, 9))).toBeGreaterThan(size(info(6, 5)))
  expect(tableColumns(shown, facts)[2]?.size).toBe(size(info(6, 5)))
})
