import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseDuration, parseTime, printDuration, printTime } from './time-text.ts'

test.each([
  ['90s', 90_000],
  ['10m', 600_000],
  ['1h30m', 5_400_000],
  ['1.5h', 5_400_000],
  ['2w', 1_209_600_000],
  ['250ms', 250],
  ['0.07s', 70],
  ['1e3s', 1_000_000],
  ['0s', 0],
])('%s lasts %d ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', '10', 'h', '1H', '10M', '1h 30m', '-1h', '1y', '1e999h'])('%j is no duration', text => {
  expect(parseDuration(text)).toBeUndefined()
})

test('every duration comes back from its text', () => {
  const ms = fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.maxSafeNat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }))
  fc.assert(
    fc.property(ms, value => {
      expect(parseDuration(printDuration(value))).toBe(value + 0)
    }),
  )
  expect(printDuration(5_400_000)).toBe('1h30m')
  expect(printDuration(-604_800_000)).toBe('-7d')
})

test.each([
  ['2026-11-01', Date.UTC(2026, 10, 1)],
  ['2026-11-01 14:03', Date.UTC(2026, 10, 1, 14, 3)],
  ['2026-11-01T14:03:09', Date.UTC(2026, 10, 1, 14, 3, 9)],
  ['2026-11-01T14:03:09.1239Z', Date.UTC(2026, 10, 1, 14, 3, 9, 123)],
  ['2026-11-01 14:03+01:00', Date.UTC(2026, 10, 1, 13, 3)],
  ['2026-11-01T14:03:09-0530', Date.UTC(2026, 10, 1, 19, 33, 9)],
  ['2028-02-29', Date.UTC(2028, 1, 29)],
  ['1969-12-31', -86_400_000],
  ['0001-01-01', -62_135_596_800_000],
])('%s is %d', (text, ms) => {
  expect(parseTime(text)).toBe(ms)
})

test.each([
  '',
  '2026',
  '2026-02-30',
  '2026-13-01',
  '2026-11-01 25:00',
  '2026-11-01 14',
  '2026-11-01 14:60',
  '2026-11-01 14:03+25:00',
  'yesterday',
])('%j is no date', text => {
  expect(parseTime(text)).toBeUndefined()
})

test('every moment that has a text comes back from it', () => {
  const moment = fc.oneof(
    fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
    fc.integer({ min: 0, max: 30_000 }).map(day => day * 86_400_000),
  )
  fc.assert(
    fc.property(moment, ms => {
      expect(parseTime(printTime(ms) ?? '')).toBe(ms)
    }),
  )
  expect([printTime(0.5), printTime(Number.NaN), printTime(1e300), printTime(-1e14)]).toEqual([undefined, undefined, undefined, undefined])
  expect(printTime(Date.UTC(2026, 10, 1, 14, 3))).toBe('2026-11-01 14:03')
})
