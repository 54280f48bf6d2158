import { expect, test } from 'vitest'

import { parseColumns, printColumns, splitAtCommas } from './shown-columns.ts'

test('columns come back from an address as they went in', () => {
  const text = 'max(metrics.`val/acc`):heat,params.lr,metrics.`a, b:heat`,start_time'
  const columns = parseColumns(text)
  expect(columns.map(column => ('every' in column ? column.every : [column.id, column.heat]))).toEqual([
    ['max(metrics.`val/acc`)', true],
    ['params.lr', false],
    ['metrics.`a, b:heat`', false],
    ['start_time', false],
  ])
  expect(printColumns(columns)).toBe(text)
})

test('all keys of a kind are one short word', () => {
  expect(parseColumns('metrics.*,params.lr')).toMatchObject([{ every: 'metric' }, { id: 'params.lr' }])
  expect(printColumns([{ every: 'tag' }])).toBe('tags.*')
})

test('what cannot be read and what stands twice is left out', () => {
  expect(printColumns(parseColumns('params.lr,((,params.lr,,nothing,last(metrics.acc),metrics.acc'))).toBe('params.lr,metrics.acc')
})

test('commas in quotes belong to the key', () => {
  expect(splitAtCommas('params.`a,b`, tags."c,d" ,start_time')).toEqual(['params.`a,b`', 'tags."c,d"', 'start_time'])
})
