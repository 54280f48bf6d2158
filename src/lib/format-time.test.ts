import { expect, test } from 'vitest'

import { formatClock, formatDate, formatDuration, formatTime } from './format-time.ts'

test.each([
  [0, '0 ms'],
  [320, '320 ms'],
  [3_240, '3.2 s'],
  [34_000, '34 s'],
  [59_700, '1 min 00 s'],
  [394_000, '6 min 34 s'],
  [426_000, '7 min 06 s'],
  [7_500_000, '2 h 05 min'],
  [86_399_000, '1 d 00 h'],
  [273_600_000, '3 d 04 h'],
  [-2_000, '−2.0 s'],
])('%d ms is %s', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text)
})

test('times are written in 24 hours, with the year when it is not this one', () => {
  const now = new Date()
  const thisYear = new Date(now.getFullYear(), 10, 22, 14, 3).getTime()
  const before = new Date(2019, 0, 5, 4, 7).getTime()
  expect(formatTime(thisYear)).toBe('22 Nov 14:03')
  expect(formatTime(before)).toBe('5 Jan 2019 04:07')
  expect(formatTime(before, false)).toBe('5 Jan 04:07')
  expect(formatDate(before)).toBe('5 Jan 2019, 04:07')
  expect(formatClock(before)).toBe('04:07')
  expect(formatTime(NaN)).toBe('')
})
