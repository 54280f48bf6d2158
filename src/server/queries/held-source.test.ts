import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { levelPoints } from '#server/store/pyramid.ts'
import { memorySource } from '#server/store/series-source.ts'
import { randomSeries } from '#server/store/test-series.ts'

import { heldSource } from './held-source.ts'

test('any part of a level is what the points of that part are thinned to', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(randomSeries, fc.constantFrom(1 as const, 2 as const), share, share, (series, level, from, length) => {
      const size = levelPoints[level]
      const total = series.values.length
      const start = Math.floor((from * total) / size) * size
      const end = Math.min(total, start + Math.ceil((length * total) / size) * size)
      const { nonFinite, ...thinned } = heldSource(series).thinned(level, start, end)
      const { nonFinite: counted, ...expected } = memorySource(series).thinned(level, start, end)
      expect(thinned).toEqual(expected)
      expect(nonFinite?.nan.some(count => count > 0) ?? false).toBe(counted?.nan.some(count => count > 0) ?? false)
      if (nonFinite && counted) expect(nonFinite).toEqual(counted)
    }),
    { numRuns: 200 },
  )
})
