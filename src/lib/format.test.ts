import { expect, test } from 'vitest'

import { countFormat, formatBytes, formatCount, formatNumber, formatPlural, formatStep, numberFormat } from './format.ts'

test.each([
  [0.93291, '0.9329'],
  [-0.0261, '−0.0261'],
  [0, '0.0000'],
  [-0, '0.0000'],
  [3.2e-5, '3.2e-5'],
  [-1e-7, '−1e-7'],
  [0.0001, '0.0001'],
  [12345678, '1.23e7'],
  [9_999_999, '9,999,999.0000'],
  [1e-320, '1e-320'],
  [NaN, 'NaN'],
  [Infinity, 'Infinity'],
  [-Infinity, '−Infinity'],
])('ratio %d is %s', (value, text) => {
  expect(formatNumber(value)).toBe(text)
})

test('all numbers of a column have the decimals that its range asks for', () => {
  expect(numberFormat(undefined).decimals).toBe(4)
  expect(numberFormat({ min: 0.1, max: 0.9, integers: false }).decimals).toBe(4)
  expect(numberFormat({ min: -2_500, max: 3, integers: false }).decimals).toBe(2)
  expect(numberFormat({ min: 0, max: 2e6, integers: false }).decimals).toBe(1)
  expect(formatNumber(1280, numberFormat({ min: 3, max: 5_000, integers: true }))).toBe('1,280')
})

test('counts are never shortened', () => {
  expect(formatCount(100_000)).toBe('100,000')
  expect(formatNumber(1_234_567_890, countFormat)).toBe('1,234,567,890')
  expect(formatPlural(1, 'run')).toBe('1 run')
  expect(formatPlural(12_480, 'run')).toBe('12,480 runs')
})

test.each([
  [1_260, '1,260'],
  [-20, '−20'],
  ['9223372036854775807', '9,223,372,036,854,775,807'],
])('step %s is %s', (step, text) => {
  expect(formatStep(step)).toBe(text)
})

test.each([
  [0, '0 B'],
  [812, '812 B'],
  [1_900_000_000, '1.9 GB'],
  [999_600, '1.0 MB'],
  [52_000, '52 kB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
