import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { bandKind, type BandKind } from '#contract/band.ts'
import { columnStats, quartiles } from '#maths/spread.ts'
import { studentT95 } from '#maths/student-t.ts'
import { randomSeries } from '#server/store/test-series.ts'

import { checkDrawn, pointsOf, type Point } from './check-drawn.ts'
import { drawGroup } from './draw-group.ts'
import { joinGroup, type GroupMember, type GroupX } from './group-series.ts'

/** Series of at most some hundred points, of which those of a group begin at steps of their own or share them all. */
const randomGroup: fc.Arbitrary<GroupMember[]> = fc
  .record({
    all: fc.array(randomSeries, { minLength: 1, maxLength: 5 }),
    length: fc.integer({ min: 1, max: 300 }),
    shift: fc.constantFrom(0, 0, 7, 150),
    alike: fc.boolean(),
    backwards: fc.boolean(),
  })
  .map(({ all, length, shift, alike, backwards }) =>
    all.map(({ steps, times, values }, no) => {
      const from = alike ? all[0]! : { steps, times }
      const count = Math.min(length, values.length, from.steps.length)
      const clock = from.times.slice(0, count)
      // A clock that was set back while the run went on.
      if (backwards && count > 3) clock[2] = clock[0]! - 5
      return {
        series: {
          steps: (from.steps.slice(0, count) as Uint32Array<ArrayBuffer>).map(step => step + (alike ? 0 : no * shift)),
          times: clock,
          values: values.slice(0, count),
        },
        firstTime: clock[0]!,
      }
    }),
  )

interface BrutePlace {
  place: number
  center: number
  low: number
  high: number
  count: number
}

/** The group at every place, from the words, point by point. */
function brute(members: readonly GroupMember[], x: GroupX, band: BandKind): BrutePlace[] {
  const first = Math.min(...members.map(({ firstTime }) => firstTime))
  const placed = members.map(({ series, firstTime }) =>
    pointsOf(series)
      .map(([step, time, value]) => ({ place: x === 'step' ? step : x === 'time' ? time : time + (first - firstTime), value }))
      .sort((a, b) => a.place - b.place),
  )
  const places = [...new Set(placed.flatMap(points => points.map(({ place }) => place)))].sort((a, b) => a - b)
  return places.map(place => {
    const values = placed.flatMap(points => {
      if (place > points.at(-1)!.place) return []
      const held = points.findLast(point => point.place <= place)
      return held && Number.isFinite(held.value) ? [held.value] : []
    })
    const stats = columnStats(
      values.map(value => Float64Array.of(value)),
      1,
    )
    const [mean, deviation] = [stats.mean[0]!, stats.deviation[0]!]
    const [q1, q2, q3] = quartiles(Float64Array.from(values))
    const n = values.length
    const widths = { std: 1, stderr: 1 / Math.sqrt(n), ci95: studentT95(n - 1) / Math.sqrt(n), range: 0, quartiles: 0, none: Number.NaN }
    const reach = deviation * widths[band]
    const edges = band === 'quartiles' ? [q1, q3] : band === 'range' ? [stats.least[0]!, stats.greatest[0]!] : [mean - reach, mean + reach]
    const [low, high] = edges.map(edge => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, edge))) as [number, number]
    return { place, center: band === 'quartiles' ? q2 : mean, low, high, count: n }
  })
}

test(
  'every drawn bucket of 1,000 groups, its band and its count are what brute force over the raw points makes of them',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(
        randomGroup,
        fc.constantFrom('step' as const, 'time' as const, 'relative' as const),
        fc.constantFrom(...bandKind.options),
        fc.constantFrom(1, 2, 16, 64),
        fc.option(fc.tuple(fc.double({ min: -0.1, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))),
        (members, x, band, width, part) => {
          const places = brute(members, x, band)
          const [start, end] = [places[0]!.place, places.at(-1)!.place]
          const from = part === null ? null : start + part[0] * (end - start)
          const to = part === null ? null : from! + part[1] * (end - start)
          const axis = x === 'step' ? ('step' as const) : ('time' as const)
          const window = { x: axis, from, to, width }
          const group = joinGroup(members, x, band)
          const got = drawGroup(group, window)
          const ownPlaces = axis === 'step' ? Float64Array.from(got.drawn.steps, Number) : got.drawn.times
          const all = places.map(({ place, center }): Point => [place, place, center])
          // Steps and times that a place does not say are the guide's, and no matter of what is drawn.
          const drawn = { steps: ownPlaces as never, times: ownPlaces, values: got.drawn.values }
          checkDrawn(all, window, { ...got, drawn })

          const index = new Map(places.map(({ place }, at) => [place, at]))
          const at = [...ownPlaces].map(place => places[index.get(place)!]!)
          expect(at.map(({ count }) => count)).toEqual(at.map(({ place }) => group.count[index.get(place)!]))
          for (const [point, { place }] of at.entries()) {
            const first = Math.floor(index.get(place)! / got.bucket) * got.bucket
            const wide = places.slice(first, first + got.bucket).filter(({ low }) => !Number.isNaN(low))
            const [least, greatest] = [Math.min(...wide.map(({ low }) => low)), Math.max(...wide.map(({ high }) => high))]
            // −0 and 0 are one edge.
            const edges = [got.band.low[point]! + 0, got.band.high[point]! + 0]
            expect(edges).toEqual(wide.length === 0 ? [Number.NaN, Number.NaN] : [least + 0, greatest + 0])
          }
        },
      ),
      { numRuns: 1_000 },
    )
  },
)

test('with too many places for all members, values are carried to each so many-th', () => {
  const member = (shift: number): GroupMember => {
    const places = Array.from({ length: 1_000 }, (_, at) => at * 10 + shift)
    const series = { steps: Uint32Array.from(places), times: Float64Array.from(places), values: Float64Array.from(places, place => place) }
    return { series, firstTime: shift }
  }
  const members = [member(0), member(3), member(5)]
  const whole = joinGroup(members, 'step', 'std')
  expect([whole.exact, whole.every, whole.series.values.length]).toEqual([false, 1, 3_000])
  const thin = joinGroup(members, 'step', 'std', 3_000)
  expect([thin.exact, thin.every, thin.series.values.length]).toEqual([false, 3, 1_001])
  const at = [...whole.series.steps].indexOf(thin.series.steps[500] as never)
  expect(thin.series.values[500]).toBe(whole.series.values[at])
})
