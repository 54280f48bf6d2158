import { expect, test } from 'vitest'

import { fromFraction, toFraction } from './axis-scale.ts'
import { xAxis, yAxis } from './make-axis.ts'
import { relativeTicks, timeTicks } from './time-ticks.ts'
import { rangeBetween, zoomedRange } from './zoom-range.ts'

const texts = (axis: { ticks: { text: string }[] }): string[] => axis.ticks.map(tick => tick.text)

test.each([
  [0.7, 0.95, ['0.70', '0.75', '0.80', '0.85', '0.90', '0.95']],
  [0, 1.6, ['0.0', '0.5', '1.0', '1.5', '2.0']],
  [-3, 3, ['−4', '−2', '0', '2', '4']],
  [0, 48_000, ['0', '10,000', '20,000', '30,000', '40,000', '50,000']],
  [1e-5, 4e-5, ['1e-5', '2e-5', '3e-5', '4e-5']],
  [2e8, 1.2e9, ['2.0e8', '4.0e8', '6.0e8', '8.0e8', '1.0e9', '1.2e9']],
])('numbers from %d to %d have one precision', (min, max, expected) => {
  expect(texts(yAxis(min, max, false, 200))).toEqual(expected)
})

test.each([
  [0.02, 3, ['0.1', '1']],
  [0.249, 2.5, ['0.2', '0.5', '1', '2']],
  [1e-6, 10, ['1e-6', '1e-4', '1e-2', '1e0']],
  [0.001, 1, ['0.001', '0.01', '0.1', '1']],
])('a log axis from %d to %d', (min, max, expected) => {
  const found = texts(yAxis(min, max, true, 200))
  for (const text of expected) expect(found).toContain(text)
  expect(found.length).toBeLessThanOrEqual(6)
})

test('a narrow chart has fewer labels, and none over another', () => {
  expect(texts(xAxis('step', 0, 2_000, false, 400))).toEqual(['0', '500', '1,000', '1,500', '2,000'])
  expect(texts(xAxis('step', 0, 2_000_000, false, 150))).toEqual(['0', '2,000,000'])
  expect(texts(xAxis('step', 0, 3, false, 400))).toEqual(['0', '1', '2', '3'])
})

const at = (text: string): number => new Date(text).getTime() / 1_000

test('calendar steps of every length', () => {
  const words = (from: string, to: string): string[] | undefined => timeTicks(at(from), at(to), 6)?.map(tick => tick.text)
  expect(words('2026-11-22T14:00:10', '2026-11-22T14:00:35')).toEqual([
    '14:00:10',
    '14:00:15',
    '14:00:20',
    '14:00:25',
    '14:00:30',
    '14:00:35',
  ])
  expect(words('2026-11-22T14:03:00', '2026-11-22T14:41:00')).toEqual(['14:10', '14:20', '14:30', '14:40'])
  expect(words('2026-11-22T15:00:00', '2026-11-23T14:00:00')).toEqual(['18:00', '23 Nov', '06:00', '12:00'])
  expect(words('2026-11-20T10:00:00', '2026-11-25T10:00:00')).toEqual(['21 Nov', '22 Nov', '23 Nov', '24 Nov', '25 Nov'])
  expect(words('2026-10-15T00:00:00', '2027-03-15T00:00:00')).toEqual(['Nov', 'Dec', '2027', 'Feb', 'Mar'])
  expect(words('2019-05-01T00:00:00', '2026-05-01T00:00:00')).toEqual(['2020', '2022', '2024', '2026'])
  expect(timeTicks(0, 1e300, 6)).toBeNull()
})

test('relative time has one unit an axis', () => {
  const words = (seconds: number): string[] | undefined => relativeTicks(0, seconds, 6)?.map(tick => tick.text)
  expect(words(20)).toEqual(['0', '5 s', '10 s', '15 s', '20 s'])
  expect(words(394)).toEqual(['0', '2 min', '4 min', '6 min'])
  expect(words(7_200)).toEqual(['0', '0.5 h', '1 h', '1.5 h', '2 h'])
  expect(words(5 * 86_400)).toEqual(['0', '1 d', '2 d', '3 d', '4 d', '5 d'])
})

test('places and values go both ways, over the widest range too', () => {
  for (const scale of [
    { min: -2, max: 6, log: false },
    { min: 1e-300, max: 1e300, log: true },
    { min: -Number.MAX_VALUE, max: Number.MAX_VALUE, log: false },
  ]) {
    for (const fraction of [0, 0.25, 1]) expect(toFraction(scale, fromFraction(scale, fraction))).toBeCloseTo(fraction)
  }
  expect(toFraction({ min: 0, max: 1, log: false }, 1e300)).toBe(9)
  expect(toFraction({ min: 1, max: 10, log: true }, 0)).toBeNaN()
})

test('zooming keeps what is under the cursor and ends at all points', () => {
  const scale = { min: 0, max: 100, log: false }
  expect(zoomedRange(scale, 2, 0.5, [0, 100])).toEqual([25, 75])
  expect(zoomedRange({ ...scale, min: 25, max: 75 }, 0.5, 0.5, [0, 100])).toBeNull()
  expect(zoomedRange({ ...scale, min: 0, max: 50 }, 0.5, 0.5, [0, 100])).toEqual([0, 75])
  expect(rangeBetween(scale, 0.8, 0.2)).toEqual([20, 80])
  expect(rangeBetween(scale, 0.4, 0.4)).toBeNull()
})
