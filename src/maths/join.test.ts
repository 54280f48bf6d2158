import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { carryTo, joinPlaces } from './join.ts'

const ascending = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 30 }).map(places => places.toSorted((a, b) => a - b))

test('places are joined as a set is', () => {
  fc.assert(
    fc.property(fc.array(ascending, { maxLength: 6 }), series => {
      const { places, exact } = joinPlaces(series)
      expect([...places]).toEqual([...new Set(series.flat())].toSorted((a, b) => a - b))
      const sets = series.map(one => JSON.stringify([...new Set(one)]))
      expect(exact).toBe(new Set(sets).size <= 1)
    }),
  )
})

test('the last point at or before a place is carried to it, from the first to the last', () => {
  fc.assert(
    fc.property(ascending, ascending, (grid, places) => {
      const expected = grid.map(place => (place > (places.at(-1) ?? -Infinity) ? -1 : places.findLastIndex(other => other <= place)))
      expect([...carryTo(Float64Array.from(grid), places)]).toEqual(expected)
    }),
  )
})

test('steps beyond 2^53 and infinite times are places', () => {
  expect([...joinPlaces([new BigInt64Array([1n, 1n << 60n]), [Infinity]]).places]).toEqual([1, 2 ** 60, Infinity])
})
