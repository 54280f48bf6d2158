import { expect, test } from 'vitest'

import type { Brush } from '#charts/prepare/brush.ts'
import { relationAxis } from '#charts/prepare/relation-axis.ts'

import { colorsBy, logAxes, parseBrushes, printBrushes, printLog } from './relations.ts'

test('brushes come back from an address, whatever the texts hold', () => {
  const brushes: Brush[] = [
    { key: 'metrics.val/acc', kind: 'range', from: 0.9, to: 1 },
    { key: 'params.layers, of', kind: 'of', texts: ['[64,64]', '5 %'] },
  ]
  expect(parseBrushes(printBrushes(brushes))).toEqual(brushes)
  expect(parseBrushes('lr%2Crange%2Cx%2C1,lr%2Cof,rest')).toEqual([])
  expect(parseBrushes(undefined)).toEqual([])
})

test('axes are on a log scale where their numbers are far apart, until the address says which', () => {
  const inputs = new Map([
    ['lr', { key: 'lr', values: ['1e-5', '0.1'] }],
    ['seed', { key: 'seed', values: ['1', '2'] }],
  ])
  expect([...logAxes(undefined, ['lr', 'seed'], inputs)]).toEqual(['lr'])
  expect([...logAxes('seed', ['lr', 'seed'], inputs)]).toEqual(['seed'])
  expect(logAxes(printLog(new Set()), ['lr', 'seed'], inputs).has('lr')).toBe(false)
})

test('numbers are coloured along one hue, texts in a hue each', () => {
  expect(colorsBy(relationAxis({ key: 'a', values: [0, 1, null] }, false, 100))).toEqual([
    'var(--seq-3)',
    'var(--seq-8)',
    'var(--series-context)',
  ])
  expect(colorsBy(relationAxis({ key: 'o', values: ['sgd', 'adam'] }, false, 100))).toEqual(['var(--series-2)', 'var(--series-1)'])
})
