import { expect, test } from 'vitest'

import type { NumberColumn, TextColumn } from '#server/store/column.ts'

import { columnRange, numericTexts, samplePositions } from './column-range.ts'

function numberColumn(values: (number | null)[]): NumberColumn {
  return {
    kind: 'number',
    type: 'number',
    numbers: Float64Array.from(values, value => value ?? Number.NaN),
    present: Uint8Array.from(values, value => (value === null ? 0 : 1)),
    steps: null,
    wideSteps: null,
  }
}

function textColumn(texts: string[], codes: number[]): TextColumn {
  const numbers = ['', ...texts].map(text => (text === '' ? Number.NaN : Number(text)))
  return {
    kind: 'text',
    type: 'text',
    codes: Uint32Array.from(codes),
    texts: ['', ...texts],
    numbers,
    isNumber: numbers.map(number => !Number.isNaN(number)),
    more: null,
  }
}

const every = (size: number) => Uint32Array.from({ length: size }, (_, index) => index)

test.each([
  [0, 0],
  [1, 1],
  [499, 499],
  [500, 500],
  [501, 251],
  [999, 500],
  [100_000, 500],
])('of %i runs that match, %i are looked at', (total, expected) => {
  const matches = new Uint8Array(total * 2).map((_, index) => index % 2)
  const sample = samplePositions(matches, total)
  expect(sample.length).toBe(expected)
  expect(sample.every(position => matches[position] === 1)).toBe(true)
  expect(new Set(sample).size).toBe(expected)
})

test('the range is over finite values of runs that have the key', () => {
  const column = numberColumn([3, null, Number.NaN, Infinity, -2, 1])
  expect(columnRange(column, every(6))).toEqual({ min: -2, p2: -2, p98: 3, max: 3, integers: true })
  expect(columnRange(column, Uint32Array.of(1, 2, 3))).toBeUndefined()
  expect(columnRange(numberColumn([0.5, 2]), every(2))).toMatchObject({ integers: false })
})

test('the percentiles leave out an outlier', () => {
  const column = numberColumn(Array.from({ length: 101 }, (_, index) => (index === 100 ? 1e9 : index)))
  expect(columnRange(column, every(101))).toEqual({ min: 0, p2: 2, p98: 98, max: 1e9, integers: true })
})

test('a text column has the range of its numbers, and none without', () => {
  expect(columnRange(textColumn(['0.1', 'none', '10'], [1, 2, 3, 0, 3]), every(5))).toEqual({
    min: 0.1,
    p2: 0.1,
    p98: 10,
    max: 10,
    integers: false,
  })
  expect(columnRange(textColumn(['adam', 'sgd'], [1, 2]), every(2))).toBeUndefined()
})

test('numbers among the texts are counted again when texts were added', () => {
  const column = textColumn(['1', 'two'], [1, 2])
  expect(numericTexts(column)).toBe(1)
  expect(numericTexts(column)).toBe(1)
  column.texts.push('3')
  column.isNumber.push(true)
  column.numbers.push(3)
  expect(numericTexts(column)).toBe(2)
})
