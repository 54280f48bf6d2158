import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { fromFraction } from './axis-scale.ts'
import { falling, lineOf, plain, spanOf, windowOf } from './fixtures/lines.ts'
import type { ChartOptions, LineInput } from './line-input.ts'
import { prepareChart } from './prepare-chart.ts'

const pairs = (points: Float64Array | undefined): number[][] => {
  const all = [...(points ?? [])]
  return Array.from({ length: all.length / 2 }, (_, index) => all.slice(index * 2, index * 2 + 2))
}

test('places are fractions of the plot and the axis ends at nice numbers', () => {
  const model = prepareChart([lineOf('a', windowOf([0.1, 1.9]))], plain)
  expect(model.yAxis.scale).toEqual({ min: 0, max: 2, log: false })
  expect(model.yAxis.ticks.map(tick => tick.text)).toEqual(['0.0', '0.5', '1.0', '1.5', '2.0'])
  expect(pairs(model.lines[0]?.points)).toEqual([
    [0, 0.05],
    [1, 0.95],
  ])
  expect(model.empty).toBeNull()
})

test('a value that is not finite breaks the line, and a lonely point is a dot', () => {
  const model = prepareChart([lineOf('a', windowOf([0, 2, NaN, 1, Infinity]))], plain)
  expect(pairs(model.lines[0]?.points).map(([x]) => Number.isNaN(x))).toEqual([false, false, true, false, true])
  expect(pairs(model.lines[0]?.dots)).toEqual([[0.75, 0.5]])
})

test('buckets are broken where points that are not drawn were not finite', () => {
  const window = windowOf([1, 2, 1, 2], { bucket: 4, points: 16, nonFinite: [spanOf(12, 17, { nan: 3 })] })
  const model = prepareChart([lineOf('a', window)], plain)
  expect(pairs(model.lines[0]?.points).map(([x]) => Number.isNaN(x))).toEqual([false, false, true, false, false])
  expect(model.meta).toEqual(['3 NaN, steps 12 to 17', '4 of 16 points'])
})

test('an axis that is a metric has its name, and what has no place on it is said', () => {
  const placed = { x: Float64Array.of(4, 8, 2), join: 'carried' as const, total: 5, unplaced: 2 }
  const span = spanOf(10, 10, { fromX: 8, toX: 8 })
  const model = prepareChart([lineOf('a', windowOf([1, NaN, 3], { ...placed, nonFinite: [span] }))], { ...plain, x: 'metric', xKey: 'lr' })
  expect(pairs(model.lines[0]?.points).map(([x]) => x)).toEqual([1 / 3, NaN, 0])
  expect([model.xName, model.xAxis.scale.min, model.xAxis.scale.max]).toEqual(['lr', 2, 8])
  expect(model.nonFinite).toMatchObject([{ from: 1, to: 1, word: 'NaN' }])
  expect(model.meta).toEqual(['values carried', '1 NaN, step 10', '2 points without lr'])
  expect(model.summary).toContain('lr from 2 to 8.')
  const log = prepareChart([lineOf('a', windowOf([1, 2], { x: Float64Array.of(0, 5) }))], { ...plain, x: 'metric', xKey: 'lr', xLog: true })
  expect(log.meta).toEqual(['log x', '1 point at or below 0 not shown'])
  const far = windowOf([...falling(40), 1], { x: Float64Array.from({ length: 41 }, (_, at) => (at < 40 ? at : 1e200)) })
  const clipped = prepareChart([lineOf('a', far)], { ...plain, x: 'metric', xKey: 'lr', clipOutliers: true })
  expect(clipped.meta).toContain('x clipped, 1 point outside')
  expect(clipped.xAxis.scale.max).toBeLessThan(100)
  const none = windowOf([], { x: new Float64Array(), total: 3, unplaced: 3 })
  expect(prepareChart([lineOf('a', none)], { ...plain, x: 'metric', xKey: 'lr' }).empty).toBe('No point has a value of lr.')
})

test('one point stands in the middle of an axis of its own', () => {
  const model = prepareChart([lineOf('a', windowOf([5]))], plain)
  expect(pairs(model.lines[0]?.dots)).toEqual([[0.5, 0.5]])
  expect(model.xAxis.ticks.map(tick => tick.text)).toEqual(['0'])
})

test('equal values have an axis around them', () => {
  const { scale } = prepareChart([lineOf('a', windowOf([3, 3, 3]))], plain).yAxis
  expect(scale.min).toBeLessThan(3)
  expect(scale.max).toBeGreaterThan(3)
})

test('no finite value: an empty plot that says so, with the range on its axis', () => {
  const model = prepareChart([lineOf('a', windowOf([NaN, NaN], { nonFinite: [spanOf(0, 10, { nan: 2 })] }))], plain)
  expect(model.empty).toBe('No finite value.')
  expect(model.yAxis.ticks).toEqual([])
  expect(model.nonFinite).toMatchObject([{ from: 0, to: 1, word: 'NaN' }])
})

test('no points in the window, no lines', () => {
  expect(prepareChart([lineOf('a', windowOf([1, 2]))], { ...plain, xRange: [500, 600] }).empty).toBe('No points in this range.')
  expect(prepareChart([], plain).empty).toBe('Nothing to draw.')
})

test('a log axis says how many points it hides', () => {
  const model = prepareChart([lineOf('a', windowOf([0, 1, 10, -3, 100]))], { ...plain, yLog: true })
  expect(model.meta).toEqual(['log', '2 points at or below 0 not shown'])
  expect(model.yAxis.ticks.map(tick => tick.text)).toEqual(['1', '10', '100'])
  expect(prepareChart([lineOf('a', windowOf([0, -1]))], { ...plain, yLog: true }).empty).toBe('No value above 0, which a log axis needs.')
})

test('a log axis of steps leaves out step 0', () => {
  const model = prepareChart([lineOf('a', windowOf([1, 2, 3]))], { ...plain, xLog: true })
  expect(model.meta).toEqual(['log x', '1 point at or below 0 not shown'])
  expect(model.xAxis.scale).toEqual({ min: 10, max: 20, log: true })
})

test('the greatest and the least numbers stand beside each other', () => {
  const model = prepareChart([lineOf('a', windowOf([1.7e308, -1.7e308, 1e-320]))], plain)
  const [first, second, third] = pairs(model.lines[0]?.points)
  expect(first?.[1]).toBeGreaterThan(0.9)
  expect(second?.[1]).toBeLessThan(0.1)
  expect(third?.[1]).toBeCloseTo(0.5)
  expect(model.yAxis.ticks.map(tick => tick.text)).toContain('0')
})

test('outliers are left out of the vertical range, and counted', () => {
  const values = Array.from({ length: 200 }, (_, index) => 1 + (index % 7) / 10)
  values[50] = 1e308
  values[60] = -4_000
  const model = prepareChart([lineOf('a', windowOf(values))], { ...plain, clipOutliers: true })
  expect(model.meta).toEqual(['y clipped, 2 points outside'])
  expect(model.yAxis.scale.max).toBeLessThan(3)
  // Without outliers nothing is clipped, and nothing said.
  expect(prepareChart([lineOf('a', windowOf(falling(8)))], { ...plain, clipOutliers: true }).meta).toEqual([])
})

test('steps that begin anew and clocks that run backwards: the line follows the order of its points', () => {
  const window = windowOf([1, 2, 3, 4])
  window.drawn.times = Float64Array.from([100, 200, 50, 150])
  const model = prepareChart([lineOf('a', { ...window, firstTime: 100 })], { ...plain, x: 'relative' })
  expect(pairs(model.lines[0]?.points).map(([x]) => x)).toEqual([1 / 3, 1, 0, 2 / 3])
  expect(model.lines[0]?.readings.sorted).toBe(false)
})

test('a band is one outline for each stretch without a gap', () => {
  const x = Float64Array.from([0, 10, 20, 30, 40])
  const low = Float64Array.from([0, 0, NaN, 0, 0])
  const high = Float64Array.from([1, 1, 1, 1, 1])
  const model = prepareChart([lineOf('a', windowOf([0, 1, 0, 1, 0]), { band: { x, low, high } })], plain)
  expect(model.bands[0]?.polygons.map(pairs)).toEqual([
    [
      [0, 1],
      [0.25, 1],
      [0.25, 0],
      [0, 0],
    ],
    [
      [0.75, 1],
      [1, 1],
      [1, 0],
      [0.75, 0],
    ],
  ])
})

test('context is drawn first and emphasis last; its lines have no names', () => {
  const lines = [
    lineOf('a', windowOf([1, 2]), { emphasis: true }),
    lineOf('b', windowOf([2, 3])),
    lineOf('c', windowOf([3, 4]), { context: true }),
  ]
  const model = prepareChart(lines, plain)
  expect(model.lines.map(line => line.id)).toEqual(['c', 'b', 'a'])
  expect(model.directLabels.map(label => label.id)).toEqual(['a', 'b'])
  expect(model.meta).toEqual(['2 of 3 runs in colour'])
})

test('names stand at the ends of up to six lines, from seven on in a legend', () => {
  const lines = (count: number): LineInput[] => Array.from({ length: count }, (_, index) => lineOf(`run ${index}`, windowOf([index, 1])))
  const six = prepareChart(lines(6), plain)
  expect(six.legend).toBe(false)
  const places = six.directLabels.map(label => (1 - label.at) * (plain.height - 36)).sort((a, b) => a - b)
  expect(places.slice(1).every((place, index) => place - (places[index] ?? 0) > 13.999)).toBe(true)
  const seven = prepareChart(lines(7), plain)
  expect(seven.legend).toBe(true)
  expect(seven.directLabels).toEqual([])
  expect(prepareChart(lines(1), plain).directLabels).toEqual([])
  expect(prepareChart(lines(6), { ...plain, labels: 'none' }).directLabels).toEqual([])
})

test('a dashed line has a marker each 40 px', () => {
  const model = prepareChart([lineOf('a', windowOf([1, 1, 1]), { dash: 'dashed', marker: 'circle' })], plain)
  const places = pairs(model.lines[0]?.markers).map(([x]) => (x ?? 0) * (plain.width - model.margins.left - model.margins.right))
  expect(places[0]).toBeCloseTo(20)
  expect((places[1] ?? 0) - (places[0] ?? 0)).toBeCloseTo(40)
})

test('what is not drawn is said', () => {
  const one = lineOf('a', windowOf([1, 2], { bucket: 24, points: 48_000 }))
  expect(prepareChart([one], plain).meta).toEqual(['2 of 48,000 points'])
  expect(prepareChart([lineOf('a', windowOf(falling(812)))], { ...plain, xRange: [0, 9_000] }).meta).toEqual(['all 812 points'])
  expect(prepareChart([one], { ...plain, yLog: true, ofRuns: 51, notes: ['smoothed'] }).meta).toEqual([
    'log',
    'smoothed',
    '1 of 51 runs',
    '2 of 48,000 points',
  ])
})

test('the summary tells the chart in words', () => {
  const lines = [lineOf('adam', windowOf([2, 0.5, 0.75])), lineOf('sgd', windowOf([NaN, NaN], { nonFinite: [spanOf(0, 10, { nan: 2 })] }))]
  expect(prepareChart(lines, plain).summary).toBe(
    'Line chart of val/loss, 2 lines, step from 0 to 20. adam: last 0.7500, least 0.5000, greatest 2.0000. sgd: no finite value.',
  )
})

test('the first and the last label of the horizontal axis stay inside', () => {
  const { ticks } = prepareChart([lineOf('a', windowOf(falling(201)))], plain).xAxis
  expect(ticks.map(tick => tick.text)).toEqual(['0', '500', '1,000', '1,500', '2,000'])
  expect([ticks[0]?.align, ticks[1]?.align, ticks.at(-1)?.align]).toEqual(['start', 'center', 'end'])
})

const value = fc.oneof(
  fc.double(),
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 5e-324, 1e-320, 1e308, -1e308, Number.MAX_VALUE),
  fc.double({ min: 0, max: 1, noNaN: true }),
)
const window = fc.array(fc.record({ step: fc.maxSafeNat(), time: value, value, x: value }), { maxLength: 40 }).map(points => ({
  ...windowOf([]),
  x: Float64Array.from(points, point => point.x),
  drawn: {
    steps: BigInt64Array.from(points, point => BigInt(point.step)),
    times: Float64Array.from(points, point => point.time),
    values: Float64Array.from(points, point => point.value),
  },
  points: points.length,
}))
const options: fc.Arbitrary<ChartOptions> = fc.record(
  {
    title: fc.constant('m'),
    x: fc.constantFrom('step', 'time', 'relative', 'metric'),
    xKey: fc.constant('lr'),
    xLog: fc.boolean(),
    yLog: fc.boolean(),
    clipOutliers: fc.boolean(),
    width: fc.integer({ min: 0, max: 2_000 }),
    height: fc.integer({ min: 0, max: 900 }),
    labels: fc.constantFrom('auto', 'none'),
    xRange: fc.tuple(value, value),
  },
  { requiredKeys: ['title', 'x', 'xLog', 'yLog', 'clipOutliers', 'width', 'height', 'labels'] },
)

test('any series gives a chart: axes that are finite and rise, ticks in order, each value at its place or a gap', () => {
  fc.assert(
    fc.property(fc.array(window, { maxLength: 8 }), options, (windows, chosen) => {
      const lines = windows.map((one, index) => lineOf(`run ${index}`, one, { marker: 'circle', dash: 'dashed' }))
      const model = prepareChart(lines, chosen)
      for (const { scale, ticks } of [model.xAxis, model.yAxis]) {
        expect(Number.isFinite(scale.min) && Number.isFinite(scale.max)).toBe(true)
        expect(scale.min).toBeLessThan(scale.max)
        expect(ticks.length).toBeLessThanOrEqual(7)
        ticks.forEach((tick, index) => {
          expect(tick.text).not.toMatch(/NaN|Infinity|undefined/)
          expect(tick.at).toBeGreaterThan(index === 0 ? -0.001 : (ticks[index - 1]?.at ?? 0))
          expect(tick.at).toBeLessThan(1.001)
        })
        expect(Number.isFinite(fromFraction(scale, 0.5))).toBe(true)
      }
      for (const line of model.lines) {
        const { x, y } = line.readings
        const places = pairs(line.points)
        expect(places.length).toBe(x.length)
        places.forEach(([px = NaN, py = NaN], index) => {
          const shown = (at: number | undefined, log: boolean): boolean => at !== undefined && Number.isFinite(at) && (!log || at > 0)
          expect(Number.isNaN(px)).toBe(!shown(x[index], chosen.xLog) || !shown(y[index], chosen.yLog))
          expect(Number.isNaN(py)).toBe(Number.isNaN(px))
        })
      }
      expect(model.directLabels.every(label => label.at >= -1e-9 && label.at <= 1 + 1e-9)).toBe(true)
    }),
    { numRuns: 300 },
  )
})
