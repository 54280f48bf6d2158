import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseExpression } from '#contract/expression/parse.ts'
import type { Series } from '#contract/series-frame.ts'
import { evaluate } from '#maths/expression.ts'
import { memorySource } from '#server/store/series-source.ts'

import { checkDrawn, pointsOf, type Point } from './check-drawn.ts'
import { drawAgainst } from './draw-against.ts'
import { drawSeries } from './draw-series.ts'
import { joinSeries, placeSeries } from './join-series.ts'

const value = fc.oneof(
  { weight: 12, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }).map(number => Math.round(number * 8) / 8) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity) },
)

/** Points with rising steps, some of them twice, in 32 bits or beyond; times that no two points of both series share. */
function randomSeries(offset: number): fc.Arbitrary<Series> {
  return fc
    .tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.array(fc.tuple(fc.constantFrom(0, 1, 1, 1, 2, 7), value), { minLength: 1, maxLength: 250, size: 'max' }),
      fc.boolean(),
    )
    .map(([start, points, wide]) => {
      let step = start
      const steps = points.map(([gap]) => (step += gap))
      return {
        steps: wide ? BigInt64Array.from(steps, BigInt) : Uint32Array.from(steps),
        times: Float64Array.from(steps, (at, index) => at * 1_000 + index * 2 + offset),
        values: Float64Array.from(points, ([, number]) => number),
      }
    })
}

const pair = fc.tuple(randomSeries(0), randomSeries(1))
const width = fc.constantFrom(4, 8, 64)

/** The last point of a series at a step or before it, while it goes on. */
function lastAt(points: readonly Point[], step: number): Point | undefined {
  return step > points.at(-1)![0] ? undefined : points.findLast(([at]) => at <= step)
}

test('what is drawn of an expression is what brute force over the points of its metrics makes of it', { timeout: 60_000 }, () => {
  const parsed = parseExpression('(a - 2 * b) / max(a, b)')
  if (!parsed.ok) throw new Error(parsed.error.message)
  const { expression } = parsed
  fc.assert(
    fc.property(pair, width, fc.constantFrom(null, 20, 90), fc.constantFrom(null, 95, 300), ([a, b], width, from, to) => {
      const [ofA, ofB] = [pointsOf(a), pointsOf(b)]
      const steps = [...new Set([...ofA, ...ofB].map(([step]) => step))].sort((x, y) => x - y)
      let carried = false
      const expected = steps.flatMap((step): Point[] => {
        const [left, right] = [lastAt(ofA, step), lastAt(ofB, step)]
        if (!left || !right) return []
        carried ||= left[0] !== step || right[0] !== step
        return [[step, Math.max(left[1], right[1]), (left[2] - 2 * right[2]) / Math.max(left[2], right[2])]]
      })
      const joined = joinSeries([a, b])
      expect(joined.exact).toBe(!carried)
      const columns: Record<string, Float64Array> = { a: joined.columns[0]!, b: joined.columns[1]! }
      const values = evaluate(expression, joined.times.length, { metric: key => columns[key]!, param: () => Number.NaN })
      const series = { steps: joined.steps, times: joined.times, values: new Float64Array(values) }
      if (expected.length === 0) expect(series.values).toHaveLength(0)
      else checkDrawn(expected, { x: 'step', from, to, width }, drawSeries(memorySource(series), { x: 'step', from, to, width }))
    }),
    { numRuns: 1_000 },
  )
})

interface Placed {
  point: Point
  x: number
}

/** What a bucket keeps, from its words. */
function keptOf(bucket: Placed[]): Placed[] {
  const finite = bucket.filter(({ point }) => Number.isFinite(point[2]))
  if (finite.length === 0) return [...new Set([bucket[0]!, bucket.at(-1)!])]
  const most = (of: (placed: Placed) => number) => finite.find(each => of(each) === Math.max(...finite.map(of)))!
  const found = [
    finite[0]!,
    finite.at(-1)!,
    most(({ x }) => x),
    most(({ x }) => -x),
    most(({ point }) => point[2]),
    most(({ point }) => -point[2]),
  ]
  return [...new Set(found)].sort((a, b) => finite.indexOf(a) - finite.indexOf(b))
}

test(
  'what is drawn against another metric is what brute force makes of it, and no line comes to cross the window',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(pair, width, fc.constantFrom(null, -20, 0), fc.constantFrom(null, 10, 40), ([series, axis], width, from, to) => {
        const all = pointsOf(series).flatMap((point): Placed[] => {
          const x = lastAt(pointsOf(axis), point[0])?.[2]
          return x !== undefined && Number.isFinite(x) ? [{ point, x }] : []
        })
        const placed = placeSeries(series, axis)
        expect(placed.unplaced).toBe(series.values.length - all.length)
        const [low, high] = [from ?? -Infinity, to ?? Infinity]
        const overlaps = (a: Placed | undefined, b: Placed | undefined) => a && b && Math.min(a.x, b.x) <= high && Math.max(a.x, b.x) >= low
        const inside = all.filter(({ x }) => x >= low && x <= high)
        const shown = all.filter((each, at) => inside.includes(each) || overlaps(all[at - 1], each) || overlaps(each, all[at + 1]))
        const { drawn, x, bucket, points, nonFinite } = drawAgainst(placed, { from, to, width })
        expect(points).toBe(inside.length)
        const expected: Placed[] = []
        for (let at = 0; at < shown.length; at += bucket)
          expected.push(...(bucket === 1 ? [shown[at]!] : keptOf(shown.slice(at, at + bucket))))
        const written = ({ point: [step, time, value], x }: Placed) => [
          step,
          time,
          bucket === 1 || Number.isFinite(value) ? value : Number.NaN,
          x,
        ]
        expect(pointsOf(drawn).map((point, at) => [...point, x[at]])).toEqual(expected.map(written))
        expect(bucket === 1 || shown.length > width * 4).toBe(true)
        expect(shown.length / bucket).toBeLessThanOrEqual(width * 4)
        const counted = nonFinite.reduce((sum, span) => sum + span.nan + span.positiveInfinity + span.negativeInfinity, 0)
        expect(counted).toBe(shown.filter(({ point }) => !Number.isFinite(point[2])).length)
        for (const [at, each] of shown.entries()) {
          const next = shown[at + 1]
          // Two that were no neighbours: the window lies wholly on one side of both.
          if (next && all.indexOf(next) !== all.indexOf(each) + 1) expect(overlaps(each, next)).toBe(false)
        }
      }),
      { numRuns: 1_000 },
    )
  },
)
