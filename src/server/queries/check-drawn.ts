import { expect } from 'vitest'

import type { Series } from '#contract/series-frame.ts'

import type { Drawn, DrawWindow } from './draw-series.ts'

export type Point = [step: number, time: number, value: number]

export function pointsOf({ steps, times, values }: Series): Point[] {
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

/** Fails unless what is drawn of a window is what its words promise, by brute force over all points. */
export function checkDrawn(all: Point[], window: DrawWindow, { drawn, bucket, points, nonFinite }: Drawn): void {
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
