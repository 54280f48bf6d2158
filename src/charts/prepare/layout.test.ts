import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { pushApart } from './direct-labels.ts'
import { spanOf, windowOf } from './fixtures/lines.ts'
import { nonFiniteColumns } from './non-finite.ts'
import { shortLabels } from './short-labels.ts'
import { textWidth } from './text-width.ts'

test('labels that touch stand around the middle of their places', () => {
  expect(pushApart([50, 100], 0, 200)).toEqual([50, 100])
  expect(pushApart([50, 50, 50], 0, 200)).toEqual([36, 50, 64])
  expect(pushApart([198, 199], 0, 200)).toEqual([186, 200])
})

test('labels keep their order, their distance and the plot', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 6 }), wanted => {
      const places = pushApart(wanted, 0, 200)
      const order = wanted.map((_, index) => index).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0) || a - b)
      order.forEach((index, at) => {
        expect(places[index]).toBeGreaterThanOrEqual(-1e-9)
        expect(places[index]).toBeLessThanOrEqual(200 + 1e-9)
        if (at > 0) expect((places[index] ?? 0) - (places[order[at - 1] ?? 0] ?? 0)).toBeGreaterThanOrEqual(14 - 1e-9)
      })
    }),
  )
})

test('siblings are shortened to what differs', () => {
  expect(shortLabels(['sgd', 'adam'], 100)).toEqual(['sgd', 'adam'])
  const cut = shortLabels(['experiment-long-name-sgd-0.1', 'experiment-long-name-sgd-0.01'], 60)
  expect(new Set(cut).size).toBe(2)
  expect(cut).toEqual(['…0.1', '…0.01'])
  expect(shortLabels(['a very long name of a run'], 60).every(text => textWidth(text) <= 60 && text.endsWith('…'))).toBe(true)
})

const scale = { min: 0, max: 1_000, log: false }

test('ranges that are not finite have columns, words and triangles at the edge they went to', () => {
  const window = windowOf([], {
    nonFinite: [spanOf(100, 110, { nan: 2 }), spanOf(500, 500, { nan: 0, positiveInfinity: 1, negativeInfinity: 1 })],
  })
  const columns = nonFiniteColumns([window], 'step', scale, 400)
  expect(columns.map(({ from, to, word, wordAt }) => ({ from, to, word, wordAt }))).toEqual([
    { from: 0.1, to: 0.11, word: 'NaN', wordAt: 'right' },
    { from: 0.5, to: 0.5, word: '+∞, −∞', wordAt: 'right' },
  ])
  expect(columns[1]?.triangles).toEqual([
    { at: 0.5, edge: 'bottom', points: 'down' },
    { at: 0.5, edge: 'top', points: 'up' },
  ])
})

test('ranges of several lines that touch are one column; those outside of the window are none', () => {
  const windows = [windowOf([], { nonFinite: [spanOf(100, 200)] }), windowOf([], { nonFinite: [spanOf(150, 300), spanOf(2_000, 2_100)] })]
  expect(nonFiniteColumns(windows, 'step', scale, 400)).toMatchObject([{ from: 0.1, to: 0.3 }])
})
