import { expect, test } from 'vitest'

import { brushOf, isBrushed } from './brush.ts'
import { relationAxis, wantsLog } from './relation-axis.ts'

const lr = { key: 'lr', values: ['0.1', '0.001', '0.01', null] }
const loss = { key: 'loss', values: [0.5, Number.NaN, 0.25, 1] }
const optimizer = { key: 'optimizer', values: ['sgd', 'adam', 'sgd', '1'] }

test('texts that are numbers make an axis of numbers, log where they are far apart', () => {
  expect(wantsLog(lr)).toBe(true)
  expect(wantsLog(loss)).toBe(false)
  const axis = relationAxis(lr, true, 300)
  expect(axis.kind).toBe('number')
  expect(axis.places.map(place => place?.toFixed(2))).toEqual(['1.00', '0.00', '0.50', undefined])
  expect(axis.lacking).toBe(1)
})

test('what cannot stand on an axis has no place, and is counted', () => {
  expect(relationAxis(loss, false, 300)).toMatchObject({ kind: 'number', lacking: 1, canLog: true })
  const below = relationAxis({ key: 'x', values: [-1, 0, 10] }, true, 300)
  expect(below).toMatchObject({ lacking: 2, canLog: false })
  expect(relationAxis({ key: 'x', values: [null, null] }, false, 300)).toMatchObject({ kind: 'category', lacking: 2, ticks: [] })
})

test('one text that is no number makes all of them categories, each with a place', () => {
  const axis = relationAxis(optimizer, false, 300)
  if (axis.kind !== 'category') throw new Error('Not categories')
  expect(axis.categories).toEqual(['1', 'adam', 'sgd'])
  expect(axis.places).toEqual([5 / 6, 1 / 2, 5 / 6, 1 / 6])
})

test('a stretch of an axis picks runs, and all stretches together those in each', () => {
  const axes = [relationAxis(lr, true, 300), relationAxis(optimizer, false, 300)]
  const [first, second] = axes
  if (!first || !second) throw new Error('No axes')
  const range = brushOf(first, 0.6, 0.4)
  expect(range).toEqual({ key: 'lr', kind: 'range', from: 0.006_31, to: 0.015_85 })
  const sgd = brushOf(second, 0.7, 1)
  expect(sgd).toEqual({ key: 'optimizer', kind: 'of', texts: ['sgd'] })
  if (!range || !sgd) throw new Error('No brush')
  const picked = (...brushes: (typeof sgd)[]) => [0, 1, 2, 3].filter(run => isBrushed(axes, brushes, run))
  expect(picked(range)).toEqual([2])
  expect(picked(sgd)).toEqual([0, 2])
  expect(picked(range, sgd)).toEqual([2])
  expect(picked()).toEqual([0, 1, 2, 3])
  expect(brushOf(second, 0.34, 0.4)).toBeNull()
})
