import { expect, test } from 'vitest'

import { derivation } from '#contract/derivation.ts'

import { derivationOf, parseSmoothing, printSmoothing, smoothingKinds, smoothingText } from './smoothing-text.ts'

test('what an address says is read back, and what the slider offers is what the server takes', () => {
  for (const { amounts, first, make } of Object.values(smoothingKinds)) {
    expect(amounts).toContain(first)
    for (const amount of amounts) {
      expect(parseSmoothing(printSmoothing(make(amount)))).toEqual(make(amount))
      expect(derivation.safeParse(make(amount)).success).toBe(true)
    }
  }
  expect(printSmoothing(null)).toBe('')
  expect(smoothingText({ kind: 'ema', weight: 0.6 })).toBe('EMA 0.6')
  expect(smoothingText({ kind: 'gaussian', sigma: 3 })).toBe('Gaussian σ 3')
})

test.each([undefined, '', 'ema', 'ema:', 'ema:1', 'ema:x', 'gaussian:0', 'mean:2.5', 'mean:9999', 'median:3'])(
  '%s is no smoothing',
  text => {
    expect(parseSmoothing(text)).toBe(null)
  },
)

test('the best so far goes by the metric', () => {
  const best = parseSmoothing('best')
  expect(printSmoothing(best)).toBe('best')
  if (!best) throw new Error('not read')
  expect(derivationOf(best, 'val/loss')).toEqual({ kind: 'best', direction: 'min' })
  expect(derivationOf(best, 'val/acc')).toEqual({ kind: 'best', direction: 'max' })
  expect(derivationOf(best, 'lr')).toBe(null)
})
