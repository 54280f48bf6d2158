import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { bandKind } from '#contract/band.ts'

import { aggregateGroup, type Member } from './group.ts'
import { joinPlaces } from './join.ts'
import { columnStats, quartiles } from './spread.ts'

const value = fc.oneof(
  { weight: 8, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, 1e308, -1e308) },
)
const member: fc.Arbitrary<Member> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 40 }), value), { minLength: 1, maxLength: 40 })
  .map(points => points.toSorted(([a], [b]) => a - b))
  .map(points => ({ places: Float64Array.from(points, ([place]) => place), values: Float64Array.from(points, ([, at]) => at) }))
const members = fc.oneof(
  fc.array(member, { minLength: 1, maxLength: 6 }),
  fc
    .tuple(member, fc.array(fc.array(value, { minLength: 40, maxLength: 40 }), { minLength: 1, maxLength: 5 }))
    .map(([{ places }, all]) => all.map(values => ({ places, values: Float64Array.from(values).slice(0, places.length) }))),
)

/** Values of the members at a place, from the words: the last one at or before it, from the first to the last point of each. */
function valuesAt(group: readonly Member[], place: number): number[] {
  return group.flatMap(({ places, values }) => {
    if (place > (places.at(-1) ?? 0)) return []
    const index = places.findLastIndex(other => other <= place)
    return index < 0 ? [] : [values[index]!]
  })
}

test('what a group is at each place is made of the values that its members have there', () => {
  fc.assert(
    fc.property(members, fc.constantFrom(...bandKind.options), (group, band) => {
      const grid = joinPlaces(group.map(({ places }) => places))
      const got = aggregateGroup(group, grid, band)
      for (const [at, place] of grid.places.entries()) {
        const values = valuesAt(group, place).filter(each => Number.isFinite(each))
        const stats = columnStats(
          values.map(each => Float64Array.of(each)),
          1,
        )
        const { mean, deviation, least, greatest } = stats
        const [low, middle, high] = quartiles(Float64Array.from(values))
        expect(got.count[at]).toBe(values.length)
        expect(got.center[at]).toBe(band === 'quartiles' ? middle : mean[0])
        const edges = [got.low[at], got.high[at]]
        if (band === 'quartiles') expect(edges).toEqual([low, high])
        else if (band === 'range') expect(edges).toEqual([least[0], greatest[0]])
        else if (band === 'none' || values.length < 2) expect(edges).toEqual([Number.NaN, Number.NaN])
        else if (band === 'std') {
          const clamped = (edge: number) => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, edge))
          expect(edges).toEqual([clamped(mean[0]! - deviation[0]!), clamped(mean[0]! + deviation[0]!)])
        } else expect(edges[0]! <= mean[0]! && mean[0]! <= edges[1]!).toBe(true)
      }
      const strange = group.reduce((sum, { places, values }) => {
        const own = [...places].map((place, index) => (places[index + 1] === place ? 0 : values[index]!))
        return sum + own.filter(each => !Number.isFinite(each)).length
      }, 0)
      const { nan, positiveInfinity, negativeInfinity } = got.strange ?? { nan: [], positiveInfinity: [], negativeInfinity: [] }
      expect([...nan, ...positiveInfinity, ...negativeInfinity].reduce((sum, count) => sum + count, 0)).toBe(strange)
    }),
    { numRuns: 1_000 },
  )
})

test('blocks of places hang together: members of thousands of points that begin and end anywhere', () => {
  const group = Array.from({ length: 7 }, (_, no): Member => {
    const places = Float64Array.from({ length: 2_000 + no * 300 }, (_, at) => no * 500 + at * (1 + (no % 3)))
    return { places, values: places.map(place => Math.sin(place / 100) + no) }
  })
  const grid = joinPlaces(group.map(({ places }) => places))
  const { center, count } = aggregateGroup(group, grid, 'std')
  for (let at = 0; at < grid.places.length; at += 97) {
    const values = valuesAt(group, grid.places[at]!)
    expect(count[at]).toBe(values.length)
    expect(center[at]).toBeCloseTo(values.reduce((sum, each) => sum + each, 0) / values.length, 12)
  }
})
