import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { lineLooks, type ColoredRun } from './color-rule.ts'

const runs = (count: number, series = (index: number): number => (index % 10) + 1): ColoredRun[] =>
  Array.from({ length: count }, (_, index) => ({ id: `run-${index}`, series: series(index) }))

test('up to ten runs are solid, each in a hue of its own', () => {
  const looks = [...lineLooks(runs(10, () => 3)).values()]
  expect(new Set(looks.map(look => look.color)).size).toBe(10)
  expect(looks.every(look => look.dash === 'solid' && look.marker === 'none' && !look.context)).toBe(true)
})

test('a run keeps its colour where it can, and two alike are told apart', () => {
  const looks = lineLooks([
    { id: 'b', series: 4 },
    { id: 'a', series: 4 },
    { id: 'c', series: 7 },
  ])
  expect([looks.get('a')?.color, looks.get('b')?.color, looks.get('c')?.color]).toEqual([
    'var(--series-4)',
    'var(--series-5)',
    'var(--series-7)',
  ])
})

test('the baseline keeps its own colour', () => {
  const alike = [
    { id: 'a', series: 4 },
    { id: 'b', series: 4 },
  ]
  expect(lineLooks(alike, { baseline: 'b' }).get('b')?.color).toBe('var(--series-4)')
})

test('from the eleventh run on the hues come again, dashed and with markers', () => {
  const looks = [...lineLooks(runs(20)).values()]
  expect(looks.filter(look => look.dash === 'dashed' && look.marker !== 'none')).toHaveLength(10)
  expect(new Set(looks.map(look => `${look.color} ${look.dash}`)).size).toBe(20)
})

test('of more than twenty all are grey but those picked out and the baseline', () => {
  const looks = lineLooks(runs(180), { baseline: 'run-7', picked: new Set(['run-3', 'run-13']) })
  expect([...looks].filter(([, look]) => !look.context).map(([id]) => id)).toEqual(['run-3', 'run-7', 'run-13'])
  expect(looks.size).toBe(180)
})

test('sorting the runs moves no colour', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.record({ id: fc.string(), series: fc.integer({ min: 1, max: 10 }) }), { selector: run => run.id, maxLength: 30 }),
      some => {
        const looks = lineLooks(some)
        const again = lineLooks(some.toReversed())
        for (const { id } of some) expect(again.get(id)).toEqual(looks.get(id))
        if (some.length <= 20) expect(new Set([...looks.values()].map(look => `${look.color} ${look.dash}`)).size).toBe(some.length)
      },
    ),
  )
})
