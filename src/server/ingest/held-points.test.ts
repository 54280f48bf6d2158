import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { SeriesColumns } from '#server/readers/record.ts'

import { HeldPoints, type SeriesPart } from './held-points.ts'

interface Point {
  step: bigint
  value: number
}

const point = fc.record({
  step: fc.oneof(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constant(2n ** 32n - 1n)),
  value: fc.double(),
})

/** The same points in the forms in which readers give them. */
const forms: ((points: Point[]) => SeriesPart)[] = [
  points => ({
    key: 'x',
    steps: points.map(({ step }) => (Number.isSafeInteger(Number(step)) ? Number(step) : step)),
    times: points.map(({ value }) => value / 2),
    values: points.map(({ value }) => value),
  }),
  points =>
    columns(
      points,
      BigInt64Array.from(points, ({ step }) => step),
    ),
  points =>
    points.every(({ step }) => Number.isSafeInteger(Number(step)))
      ? columns(
          points,
          Float64Array.from(points, ({ step }) => Number(step)),
        )
      : columns(
          points,
          BigInt64Array.from(points, ({ step }) => step),
        ),
]

function columns(points: Point[], steps: SeriesColumns['steps']): SeriesPart {
  const values = Float64Array.from(points, ({ value }) => value)
  return { key: 'x', steps, times: values.map(value => value / 2), values }
}

test('points come out as they went in, whatever their form and the sizes in which they are taken', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.array(point, { maxLength: 9 }), fc.nat({ max: 2 }), fc.nat({ max: 20 })), { maxLength: 9 }), parts => {
      const held = new HeldPoints()
      const expected: Point[] = []
      const taken: Point[] = []
      const take = (count: number) => {
        const { steps, times, values } = held.take(count)
        expect(steps).toHaveLength(count)
        for (const [at, value] of values.entries()) {
          taken.push({ step: BigInt(steps[at] ?? 0), value })
          expect(times[at]).toBe(value / 2)
        }
      }
      for (const [points, form, count] of parts) {
        expected.push(...points)
        const part = forms[form]?.(points)
        if (part) held.add(part)
        take(Math.min(count, held.length))
      }
      take(held.length)
      expect(taken).toEqual(expected)
      expect(held.length).toBe(0)
    }),
  )
})

test('steps are narrow where all that are taken together are', () => {
  const held = new HeldPoints()
  held.add({ key: 'x', steps: [1, 2, 2 ** 32 - 1, 2 ** 32, -1, 3], times: [0, 0, 0, 0, 0, 0], values: [0, 0, 0, 0, 0, 0] })
  expect(held.take(3).steps).toEqual(Uint32Array.of(1, 2, 2 ** 32 - 1))
  expect(held.take(2).steps).toEqual(BigInt64Array.of(2n ** 32n, -1n))
  expect(held.take(1).steps).toEqual(Uint32Array.of(3))
  expect(() => held.take(1)).toThrow('1 points asked of 0')
})
