import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { BandKind } from '#contract/band.ts'
import type { Series } from '#contract/series-frame.ts'
import { groupColumns } from '#maths/group.ts'
import { joinPlaces } from '#maths/join.ts'
import { randomSeries } from '#server/store/test-series.ts'

import { checkDrawn, type Point } from './check-drawn.ts'
import { drawGroup } from './draw-group.ts'
import type { GroupSeries } from './group-cache.ts'

type Line = [centre: number, low: number, high: number]

/** Centre and band of some values by their definitions. */
function spreadOf(values: number[], band: BandKind): Line {
  const sorted = values.toSorted((a, b) => a - b)
  const count = sorted.length
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count
  if (count === 0) return [Number.NaN, Number.NaN, Number.NaN]
  if (band === 'range') return [mean, sorted[0]!, sorted.at(-1)!]
  const quantile = (share: number) => {
    const place = share * (count - 1)
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!]
    return below + (above - below) * (place % 1)
  }
  if (band === 'quartiles') return [quantile(0.5), quantile(0.25), quantile(0.75)]
  const std = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (count - 1))
  return count < 2 ? [mean, Number.NaN, Number.NaN] : [mean, mean - std, mean + std]
}

/** The group at each place that one of its members has, by looking through all points. */
function bruteForce(members: Series[], band: BandKind): { places: number[]; lines: Line[] } {
  const points = members.map(({ steps, values }) => Array.from(values, (value, at) => [Number(steps[at]), value] as const))
  const places = [...new Set(points.flat().map(([step]) => step))].sort((a, b) => a - b)
  const lines = places.map(place => {
    const values = points.flatMap(series => {
      const [first, last] = [series[0]?.[0] ?? 0, series.at(-1)?.[0] ?? 0]
      return place < first || place > last ? [] : [series.findLast(([step]) => step <= place)![1]]
    })
    return spreadOf(
      values.filter(value => Number.isFinite(value)),
      band,
    )
  })
  return { places, lines }
}

function groupOf(members: Series[], band: BandKind): GroupSeries {
  const joined = members.map(({ steps, values }) => ({ places: steps, values }))
  const { places, exact } = joinPlaces(joined.map(member => member.places))
  const { centre, low, high, ...counts } = groupColumns(joined, places, band)
  const series = { steps: Uint32Array.from(places), times: new Float64Array(places.length), values: centre }
  return { places, series, low, high, facts: { runs: members.length, of: members.length, exact, ...counts } }
}

/** To what the order of additions leaves alone; −0 and 0 are one. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6 + 0

/** Short enough to look through again and again; sums that overflow differ by how they are formed. */
function cut({ steps, times, values }: Series): Series {
  const end = Math.min(values.length, 120)
  return {
    steps: steps.slice(0, end),
    times: times.slice(0, end),
    values: values.slice(0, end).map(value => (Math.abs(value) > 1e300 ? 1 : value)),
  }
}

test('of a group, every drawn bucket and its band is what brute force over the raw points makes of them', { timeout: 90_000 }, () => {
  const window = fc.record({
    from: fc.option(fc.double({ min: -0.1, max: 1.1, noNaN: true })),
    width: fc.constantFrom(1, 2, 8, 16),
  })
  const members = fc.array(randomSeries, { minLength: 1, maxLength: 4 })
  const bands = fc.constantFrom<BandKind>('std', 'range', 'quartiles')
  fc.assert(
    fc.property(members, window, bands, (whole, { from, width }, band) => {
      const short = whole.map(cut)
      const { places, lines } = bruteForce(short, band)
      const group = groupOf(short, band)
      group.series.values = group.series.values.map(rounded)
      const start = from === null ? null : places[0]! + from * (places.at(-1)! - places[0]!)
      const asked = { x: 'step' as const, from: start, to: null, width }
      const drawn = drawGroup(group, asked)
      const placed = { ...drawn, drawn: { ...drawn.drawn, times: Float64Array.from(drawn.drawn.steps, Number) } }
      const points = lines.map(([centre], at): Point => [places[at]!, places[at]!, rounded(centre)])
      checkDrawn(points, asked, placed)

      for (const [point, step] of Array.from(drawn.drawn.steps, Number).entries()) {
        const bucket = Math.floor(places.indexOf(step) / drawn.bucket) * drawn.bucket
        const bound = (column: 1 | 2) =>
          lines
            .slice(bucket, bucket + drawn.bucket)
            .map(line => line[column])
            .filter(value => !Number.isNaN(value))
        const [low, high] = [bound(1), bound(2)]
        expect(rounded(drawn.band.low[point]!)).toBe(low.length === 0 ? Number.NaN : rounded(Math.min(...low)))
        expect(rounded(drawn.band.high[point]!)).toBe(high.length === 0 ? Number.NaN : rounded(Math.max(...high)))
      }
    }),
    { numRuns: 1_000 },
  )
})
