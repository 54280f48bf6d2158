import { expect, test } from 'vitest'

import { defaultAggregate } from '#domain/default-aggregate.ts'

import { defaultColumns } from './default-columns.ts'

const key = (name: string, runs: number, varies = true) => ({ key: name, runs, numeric: true, varies })

test('metrics that say which way is better come first, then what most runs have', () => {
  const metrics = [key('system/gpu', 51), key('train/loss', 51), key('val/acc', 50), key('val/loss', 50), key('debug', 2)]
  const params = [key('notes', 51), key('lr', 51), key('optimizer', 51), key('seed', 51), key('once', 1)]
  expect(defaultColumns(metrics, params, null).map(column => column.id)).toEqual([
    'max(metrics.`val/acc`)',
    'min(metrics.`val/loss`)',
    'min(metrics.`train/loss`)',
    'params.lr',
    'params.optimizer',
    'params.seed',
    'params.notes',
    'start_time',
    'duration',
    'user_id',
  ])
})

test("a project's own metric leads, with its direction, and only it is shaded", () => {
  const columns = defaultColumns([key('acc', 9), key('speed', 3)], [], { key: 'speed', greaterIsBetter: false })
  expect(columns.slice(0, 2)).toMatchObject([
    { id: 'min(metrics.speed)', heat: true },
    { id: 'max(metrics.acc)', heat: false },
  ])
})

test('a project without metrics still has its times', () => {
  expect(defaultColumns([], [], null).map(column => column.id)).toEqual(['start_time', 'duration', 'user_id'])
  expect(defaultAggregate('opt/grad_norm')).toBe('last')
})

test('params in which the runs differ come before those that are all the same', () => {
  const columns = defaultColumns([], [key('alpha', 9, false), key('epochs', 9, false), key('width', 8), key('lr', 7)], null)
  expect(columns.slice(0, 2).map(column => column.id)).toEqual(['params.lr', 'params.width'])
})
