import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Series } from '#contract/series-frame.ts'
import { memorySource } from '#server/store/series-source.ts'
import { randomSeries } from '#server/store/test-series.ts'

import { drawSeries, type Drawn, type DrawWindow } from './draw-series.ts'

type Point = [step: number, time: number, value: number]

function pointsOf({ steps, times, values }: Series): Point[] {
  return Array.from(values, (value, at) => [Number(steps[at]), times[at]!, value])
}

/** What a bucket of points keeps, from its words: first, least, greatest and last finite one, or where none is the ends as NaN. */
function keptOf(bucket: Point[]): Point[] {
  const finite = bucket.filter(([, , value]) => Number.isFinite(value))
  if (finite.length === 0) return [...new Set([bucket[0]!, bucket.at(-1)!])].map(([step, time]) => [step, time, Number.NaN])
  const values = finite.map(([, , value]) => value)
  const least = finite.find(([, , value]) => value === Math.min(...values))!
  const greatest = finite.find(([, , value]) => value === Math.max(...values))!
  return [...new Set([finite[0]!, least, greatest, finite.at(-1)!])].sort((a, b) => finite.indexOf(a) - finite.indexOf(b))
}

const inWords = (points: readonly Point[]) => points.map(point => point.join(' ')).join('\n')

function check(all: Point[], window: DrawWindow, { drawn, bucket, points, nonFinite }: Drawn): void {
  const got = pointsOf(drawn)
  const place = ([step, time]: Point) => (window.x === 'step' ? step : time)
  const found = all.findIndex(point => window.from === null || place(point) >= window.from)
  const first = found < 0 ? all.length : found
  const end = Math.max(first, 1 + all.findLastIndex(point => window.to === null || place(point) <= window.to))
  const counted = nonFinite.reduce((sum, span) => sum + span.nan + span.positiveInfinity + span.negativeInfinity, 0)
  const strange = (part: Point[]) => part.filter(([, , value]) => !Number.isFinite(value)).length
  if (bucket === 1) {
    expect(inWords(got)).toBe(inWords(all.slice(Math.max(0, first - 1), end + 1)))
    expect([points, counted]).toEqual([end - first, strange(got)])
    return
  }
  // Times are unique: they tell which buckets are drawn.
  const bucketAt = (at: number) => Math.floor(all.findIndex(([, time]) => time === got.at(at)?.[1]) / bucket)
  const start = bucketAt(0) * bucket
  const after = Math.min(all.length, (bucketAt(-1) + 1) * bucket)
  const kept: Point[] = []
  for (let at = start; at < after; at += bucket) kept.push(...keptOf(all.slice(at, at + bucket)))
  expect(inWords(got)).toBe(inWords(kept))
  expect(Math.log2(bucket) % 1).toBe(0)
  expect(start === 0 || start < first).toBe(true)
  expect(after === all.length || after > end).toBe(true)
  expect(counted).toBe(strange(all.slice(start, after)))
  expect(points).toBeLessThanOrEqual(after - start)
  expect((after - start) / bucket).toBeLessThanOrEqual(window.width + 3)
}

const oneWindow = fc.record({
  x: fc.constantFrom('step' as const, 'time' as const),
  from: fc.option(fc.double({ min: -0.1, max: 1.1, noNaN: true })),
  length: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  width: fc.constantFrom(1, 2, 16, 64, 100, 640),
})

test('every drawn bucket is what brute force over the raw points makes of it', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(randomSeries, fc.array(oneWindow, { minLength: 1, maxLength: 3 }), (series, windows) => {
      const all = pointsOf(series)
      const source = memorySource(series)
      for (const { x, from, length, width } of windows) {
        const places = all.map(([step, time]) => (x === 'step' ? step : time))
        const [low, high] = [places[0]!, places.at(-1)!]
        const start = from === null ? null : low + from * (high - low)
        const window = { x, from: start, to: length === null ? null : (start ?? low) + length * (high - low), width }
        check(all, window, drawSeries(source, window))
      }
    }),
    { numRuns: 1_000 },
  )
})
