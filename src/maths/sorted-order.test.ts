import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { sortedOrder } from './sorted-order.ts'

test('the order is that of a plain sort, equal values as they stood, whatever part is in order already', () => {
  const rising = fc
    .array(fc.nat({ max: 9 }), { maxLength: 20 })
    .map(steps => steps.map((_, at) => steps.slice(0, at).reduce((a, b) => a + b, 0)))
  const values = fc.oneof(
    fc.array(fc.nat({ max: 9 }), { maxLength: 40 }),
    fc.array(rising, { maxLength: 4 }).map(parts => parts.flat()),
  )
  fc.assert(
    fc.property(values, list => {
      const compare = (a: number, b: number) => list[a]! - list[b]! || a - b
      expect([...sortedOrder(list.length, compare)]).toEqual(list.map((_, at) => at).sort(compare))
    }),
    { numRuns: 500 },
  )
})

test('what is in order is not sorted again', () => {
  let compared = 0
  const count = 10_000
  const place = (at: number) => (at >= 5_000 && at < 5_010 ? 10_010 - at : at)
  sortedOrder(count, (a, b) => {
    compared += 1
    return place(a) - place(b)
  })
  expect(compared).toBeLessThan(3 * count + 200)
})
