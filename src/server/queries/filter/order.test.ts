import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { numberOfText } from '#contract/number-text.ts'
import type { Column } from '#server/store/column.ts'

import { RunOrder } from './order.ts'
import type { SortColumn, Tie } from './sort-keys.ts'

type Value = string | number | undefined

function numbersOf(values: (number | undefined)[]): Column {
  return {
    kind: 'number',
    type: 'number',
    numbers: Float64Array.from(values, value => value ?? 7),
    present: Uint8Array.from(values, value => (value === undefined ? 0 : 1)),
    steps: null,
    wideSteps: null,
  }
}

function textsOf(values: (string | undefined)[]): Column {
  const texts = ['', ...new Set(values.filter(value => value !== undefined))]
  const numbers = texts.map(text => numberOfText(text))
  return {
    kind: 'text',
    type: 'text',
    texts,
    codes: Uint32Array.from(values, value => (value === undefined ? 0 : texts.indexOf(value, 1))),
    numbers: numbers.map(number => number ?? Number.NaN),
    isNumber: numbers.map(number => number !== undefined),
    more: null,
  }
}

function tieOf(size: number): { start: Float64Array; ids: string[] } {
  return { start: new Float64Array(size).fill(Number.NaN), ids: Array.from({ length: size }, (_, index) => String(index).padStart(6, '0')) }
}

function pageOf(matches: Uint8Array, sorts: readonly SortColumn[], tie: Tie, { offset, limit }: { offset: number; limit: number }) {
  const order = new RunOrder(matches, sorts, tie, matches.length)
  return { total: order.total, positions: order.page(offset, limit) }
}

function ordered(column: Column, descending: boolean, size: number): number[] {
  const all = new Uint8Array(size).fill(1)
  return [...pageOf(all, [{ column, descending }], tieOf(size), { offset: 0, limit: size }).positions]
}

test('missing values come last and NaN next to last, whatever the direction', () => {
  const values = [undefined, Number.NaN, 1, Number.POSITIVE_INFINITY, -0, Number.NEGATIVE_INFINITY, 0]
  expect(ordered(numbersOf(values), false, 7)).toEqual([5, 4, 6, 2, 3, 1, 0])
  expect(ordered(numbersOf(values), true, 7)).toEqual([3, 2, 4, 6, 5, 1, 0])
})

test('numbers come before texts, whatever the direction, and texts go by code point', () => {
  const values = ['b', '10', undefined, '9', '\ue000', '🚀', 'B', '1e1', 'auto', '']
  expect(ordered(textsOf(values), false, 10)).toEqual([3, 1, 7, 9, 6, 8, 0, 4, 5, 2])
  expect(ordered(textsOf(values), true, 10)).toEqual([1, 7, 3, 5, 4, 0, 8, 6, 9, 2])
})

test('ties go by start, newest first and missing last, then by id', () => {
  const tie = { start: Float64Array.of(5, Number.NaN, 9, 5, Number.NaN), ids: ['d', 'e', 'c', 'b', 'a'] }
  const page = { offset: 0, limit: 10 }
  const all = new Uint8Array(5).fill(1)
  expect([...pageOf(all, [], tie, page).positions]).toEqual([2, 3, 0, 4, 1])
  expect([...pageOf(all, [{ column: undefined, descending: true }], tie, page).positions]).toEqual([2, 3, 0, 4, 1])
  expect([...pageOf(all, [{ column: numbersOf([1, 1, 1, 1, 1]), descending: true }], tie, page).positions]).toEqual([2, 3, 0, 4, 1])
})

test('pages beyond the end and empty inputs are empty', () => {
  const tie = tieOf(2)
  expect(pageOf(new Uint8Array(2), [], tie, { offset: 0, limit: 5 })).toEqual({ total: 0, positions: new Uint32Array(0) })
  expect(pageOf(Uint8Array.of(1, 1), [], tie, { offset: 2, limit: 5 })).toEqual({ total: 2, positions: new Uint32Array(0) })
  expect(pageOf(Uint8Array.of(1, 1), [], tie, { offset: 1, limit: 0 })).toEqual({ total: 2, positions: new Uint32Array(0) })
  expect(pageOf(new Uint8Array(0), [], tie, { offset: 0, limit: 5 }).total).toBe(0)
})

test('texts that are added at the end of a column are ranked among the others', () => {
  const column = textsOf(['m', '5', 'x'])
  if (column.kind !== 'text') throw new Error('not a text column')
  expect(ordered(column, false, 3)).toEqual([1, 0, 2])
  column.texts.push('a', '1', '🚀')
  column.numbers.push(Number.NaN, 1, Number.NaN)
  column.isNumber.push(false, true, false)
  const longer = { ...column, codes: Uint32Array.of(...column.codes, 4, 5, 6) }
  expect(ordered(longer, false, 6)).toEqual([4, 1, 3, 0, 2, 5])
  expect(ordered(longer, true, 6)).toEqual([1, 4, 5, 2, 0, 3])
})

/** The order as its words say it, by plain sorting. */
function plainOrder(
  sorts: { values: Value[]; descending: boolean }[],
  start: Float64Array,
  ids: string[],
): (a: number, b: number) => number {
  const group = (value: Value): number => {
    if (value === undefined) return 3
    if (typeof value === 'number') return Number.isNaN(value) ? 2 : 0
    return numberOfText(value) === undefined ? 1 : 0
  }
  const compare = (x: Value, y: Value): number => {
    if (group(x) > 0) return typeof x === 'string' && typeof y === 'string' ? (x < y ? -1 : x > y ? 1 : 0) : 0
    const [a, b] = [Number(x), Number(y)]
    return a < b ? -1 : a > b ? 1 : 0
  }
  return (a, b) => {
    for (const { values, descending } of sorts) {
      const byGroup = group(values[a]) - group(values[b])
      if (byGroup !== 0) return byGroup
      const byValue = compare(values[a], values[b]) * (descending ? -1 : 1)
      if (byValue !== 0) return byValue
    }
    const [x, y] = [start[a]!, start[b]!]
    if (Number.isNaN(x) !== Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1
    if (x !== y && !Number.isNaN(x)) return y - x
    return ids[a]! < ids[b]! ? -1 : 1
  }
}

const size = 4_000
const oneValue = {
  number: fc.option(fc.oneof(fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1), fc.double()), {
    nil: undefined,
  }),
  text: fc.option(fc.oneof(fc.constantFrom('a', 'b', '0.5', '5e-1', '10', '9', ''), fc.string({ unit: 'grapheme-ascii', maxLength: 4 })), {
    nil: undefined,
  }),
}
const oneSort = fc.oneof(
  fc.record({ values: fc.array(oneValue.number, { minLength: 1, maxLength: 60 }), descending: fc.boolean(), numeric: fc.constant(true) }),
  fc.record({ values: fc.array(oneValue.text, { minLength: 1, maxLength: 60 }), descending: fc.boolean(), numeric: fc.constant(false) }),
)

test('any pages of any order, one after the other, are those parts of the plainly sorted runs', () => {
  fc.assert(
    fc.property(
      fc.array(oneSort, { maxLength: 3 }),
      fc.array(fc.option(fc.nat(5)), { minLength: 1, maxLength: 30 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
      fc.array(fc.constantFrom(0, 1, 99, 900, 1_500, 2_900, 3_999), { minLength: 1, maxLength: 6 }),
      fc.constantFrom(1, 100, 1_200, size),
      (drawn, starts, chosen, offsets, limit) => {
        const spread = <Item>(items: readonly Item[]): Item[] =>
          Array.from({ length: size }, (_, index) => items[(index * 7 + (index >> 5)) % items.length]!)
        const sorts = drawn.map(({ values, descending, numeric }) => ({ values: spread<Value>(values), descending, numeric }))
        const start = Float64Array.from(spread(starts), value => value ?? Number.NaN)
        const ids = tieOf(size).ids.toReversed()
        const matches = Uint8Array.from(spread(chosen), Number)
        const columns = sorts.map(({ values, descending, numeric }) => ({
          column: numeric ? numbersOf(values as number[]) : textsOf(values as string[]),
          descending,
        }))
        const positions = Array.from({ length: size }, (_, index) => index).filter(index => matches[index] === 1)
        const expected = positions.sort(plainOrder(sorts, start, ids))
        const order = new RunOrder(matches, columns, { start, ids }, size)
        for (const offset of offsets) expect([...order.page(offset, limit)]).toEqual(expected.slice(offset, offset + limit))
        expect(order.total).toBe(positions.length)
      },
    ),
    { numRuns: 60 },
  )
})
