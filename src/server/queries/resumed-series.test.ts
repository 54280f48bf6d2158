import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Series } from '#contract/series-frame.ts'
import { sortSeries } from '#server/store/points.ts'
import { memorySource } from '#server/store/series-source.ts'

import { checkDrawn, pointsOf, type Point } from './check-drawn.ts'
import { drawResumed, resumedOfSorted, splitSeries } from './resumed-series.ts'

/** Lengths of the sessions of a run, and how far back each goes. */
const sessions = fc.array(fc.record({ back: fc.integer({ min: 1, max: 900 }), length: fc.integer({ min: 20, max: 800 }) }), {
  minLength: 1,
  maxLength: 5,
})
const value = (at: number, session: number) => (at % 97 === 3 ? Number.NaN : Math.sin(at / 50) + session)

/** What a run logs that is resumed so, in the order of the files, and what is left of each session in the end. */
function resumedRun(list: readonly { back: number; length: number }[]) {
  const all: Point[] = []
  let line: Point[] = []
  const parts: Point[][] = []
  for (const [session, { back, length }] of list.entries()) {
    const last = line.at(-1)?.[0] ?? -1
    const from = session === 0 ? 0 : Math.max(0, last - back)
    if (session > 0) parts.push(line.filter(([step]) => step >= from))
    line = line.filter(([step]) => step < from)
    for (let at = from; at < from + length; at += 1) {
      const point: Point = [at, 1_000 + all.length, value(at, session)]
      all.push(point)
      line.push(point)
    }
  }
  return { all, line, parts }
}

function seriesOf(points: readonly Point[]): Series {
  const column = (at: 1 | 2) => Float64Array.from(points, point => point[at])
  return { steps: Uint32Array.from(points, ([step]) => step), times: column(1), values: column(2) }
}

const windows = fc.record({
  x: fc.constantFrom('step' as const, 'time' as const),
  range: fc.option(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 4_000 }))),
  width: fc.constantFrom(1, 16, 64, 640),
})

test('the line and what each restart superseded are drawn as brute force over the sessions has them', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(sessions, windows, (list, { x, range, width }) => {
      const { all, line, parts } = resumedRun(list)
      const { current, resumed } = splitSeries(sortSeries(seriesOf(all)))
      expect(pointsOf(current)).toEqual(line)
      expect(resumed.map(({ superseded }) => pointsOf(superseded))).toEqual(parts)
      const window = { x, from: range?.[0] ?? null, to: range ? range[0] + range[1] : null, width }
      const { seams, ...drawn } = drawResumed(memorySource(current), resumed, window)
      expect(seams.map(({ step, superseded }) => [step, superseded])).toEqual(
        parts.map((part, at) => [part[0]?.[0], resumed[at]?.superseded.values.length]),
      )
      const alone = drawResumed(memorySource(current), [], window)
      checkDrawn(line, window, alone)
      expect(drawn.drawn).toEqual(alone.drawn)
      for (const [at, part] of parts.entries()) {
        const piece = drawResumed(memorySource(seriesOf(part)), [], window)
        checkDrawn(part, window, piece)
        expect(seams[at]?.drawn).toEqual(piece.drawn)
      }
    }),
    { numRuns: 60 },
  )
})

test('a series that an import put in order is looked at where it may have done so, and split as any other', () => {
  const { all, line } = resumedRun([
    { back: 0, length: 900 },
    { back: 200, length: 20_000 },
  ])
  const mixed = sortSeries(seriesOf(all))
  let loads = 0
  const whole = () => {
    loads += 1
    return mixed
  }
  expect(pointsOf(resumedOfSorted(memorySource(mixed), whole).current ?? mixed)).toEqual(line)
  expect(resumedOfSorted(memorySource(seriesOf(line)), whole)).toEqual({ current: null, resumed: [] })
  expect(loads).toBe(1)
})
