import { rmSync } from 'node:fs'

import { afterEach, expect, test } from 'vitest'

import type { Derivation } from '#contract/derivation.ts'
import { operations } from '#contract/operations.ts'
import { decodeSeriesFrame } from '#contract/series-frame.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { decodeWindows } from '#contract/windows-frame.ts'
import { exponentialAverage } from '#maths/smoothing.ts'
import { checkDrawn, pointsOf } from '#server/queries/check-drawn.ts'
import { derive as derivedOf } from '#server/queries/derived-series.ts'
import { createReader } from '#server/queries/service.ts'
import type { SeriesRecord } from '#server/readers/record.ts'

import { homeWithRuns, runRecord } from './test-home.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Points with the steps in some order, one a second from `start` on. */
function record(key: string, steps: (number | bigint)[], start = 100): SeriesRecord {
  return { key, steps, times: steps.map((_, at) => start + at), values: steps.map(step => Math.sin(Number(step) / 40)) }
}

const params: [string, string][] = [
  ['batch', '32'],
  ['optimizer', 'adam'],
]

function open(...series: SeriesRecord[]) {
  const { folder, file } = homeWithRuns(runRecord({ series, params }))
  folders.push(folder)
  const { service } = createReader(file)
  return {
    raw: (key: string) => decodeSeriesFrame(service.series({ run: 'r1', key })),
    ask: (input: object) => decodeWindows(service.seriesWindows(operations.seriesWindows.input.parse(input))),
    [Symbol.dispose]: () => service.close(null),
  }
}

function drawnOf(answer: SeriesWindow | SeriesFault | undefined): SeriesWindow {
  if (!answer || 'error' in answer) throw new Error(`Not a series: ${JSON.stringify(answer)}`)
  return answer
}

const many = Array.from({ length: 20_000 }, (_, at) => at)

test('several series come in one answer, and one that is not there beside them with the nearest name', () => {
  using home = open(record('loss', [0, 1, 2]), record('val/acc', many))
  const answers = home.ask({
    series: [
      { run: 'r1', key: 'val/acc' },
      { run: 'r1', key: 'val/akk' },
      { run: 'r1', key: 'loss' },
      { run: 'gone', key: 'loss' },
    ],
    width: 300,
  })
  expect(answers.map(answer => ('error' in answer ? answer.error.error : [answer.key, answer.total, answer.bucket]))).toEqual([
    ['val/acc', 20_000, 64],
    { kind: 'not_found', message: 'Run r1 has no metric val/akk.', nearest: 'val/acc' },
    ['loss', 3, 1],
    { kind: 'not_found', message: 'No run gone in this home.' },
  ])
  expect(drawnOf(answers[2]).drawn).toEqual(home.raw('loss'))
})

test('a window asks in steps, in seconds since the epoch, or since the first point of each series', () => {
  using home = open(record('loss', many), record('acc', many, 5_000))
  const ask = (key: string, window: object) => drawnOf(home.ask({ series: [{ run: 'r1', key }], width: 64, ...window })[0])
  const steps = ({ drawn }: SeriesWindow) => [Number(drawn.steps[0]), Number(drawn.steps.at(-1))]
  expect(ask('loss', { from: 50, to: 52 })).toMatchObject({ points: 3, bucket: 1, firstTime: 100, total: 20_000 })
  expect(steps(ask('loss', { from: 50, to: 52 }))).toEqual([49, 53])
  expect(steps(ask('loss', { x: 'time', from: 150, to: 152 }))).toEqual([49, 53])
  expect(steps(ask('acc', { x: 'relative', from: 50, to: 52 }))).toEqual([49, 53])
  expect(steps(ask('acc', { x: 'time', from: 0, to: 1 }))).toEqual([0, 0])
})

test('a long series whose steps came out of order is drawn in their order', () => {
  const shuffled = many.map(at => (at * 7_919) % many.length)
  using home = open(record('loss', shuffled))
  const window = drawnOf(home.ask({ series: [{ run: 'r1', key: 'loss' }], from: 990, to: 1_010, width: 640 })[0])
  expect([...window.drawn.steps]).toEqual(Array.from({ length: 23 }, (_, at) => 989 + at))
})

test.for([
  ['in pages', 1_000],
  ['put in order by the import', 7_000],
  ['too long for that', 20_000],
] as const)('a run that was resumed has the newest points as its line and the others at the seam, %s', ([, count]) => {
  const from = count / 2 - 200
  using home = open(record('loss', [...many.slice(0, count / 2), ...many.slice(from, count - 200)]))
  const ask = (more: object) =>
    drawnOf(home.ask({ series: [{ run: 'r1', key: 'loss' }], from: from - 5, to: from + 5, width: 640, ...more })[0])
  const window = ask({})
  expect([window.total, window.points, [...window.drawn.steps]]).toEqual([count, 17, many.slice(from - 6, from + 7)])
  expect([...window.drawn.times].slice(5, 7)).toEqual([99 + from, 100 + count / 2])
  const seam = { step: from, time: 100 + count / 2, superseded: 200 }
  expect(window.seams).toEqual([{ ...seam, drawn: expect.objectContaining({ steps: Uint32Array.from(many.slice(from, from + 7)) }) }])
  expect(home.raw('loss').values.length).toBe(count)
  const { seams, drawn } = ask({ derive: { kind: 'best', direction: 'max' } })
  expect(seams).toMatchObject([{ step: from, superseded: 200, drawn: { values: new Float64Array() } }])
  expect([...drawn.steps]).toEqual([...window.drawn.steps])
})

test('steps beyond 2^53 stay as they are, and a window still finds its place among them', () => {
  const wide = many.map(at => 2n ** 62n + BigInt(at) * 2n ** 20n)
  using home = open(record('loss', wide))
  const window = drawnOf(home.ask({ series: [{ run: 'r1', key: 'loss' }], from: Number(wide[70]), to: Number(wide[72]), width: 64 })[0])
  expect([...window.drawn.steps]).toEqual(wide.slice(69, 74))
})

test('what is derived is made of all points, also of those outside of the window', () => {
  using home = open(record('loss', many))
  const ask = (derive: object, window: object) =>
    drawnOf(home.ask({ series: [{ run: 'r1', key: 'loss' }], width: 64, derive, ...window })[0])
  const smoothed = exponentialAverage(home.raw('loss').values, 0.99)
  expect([...ask({ kind: 'ema', weight: 0.99 }, { from: 15_000, to: 15_002 }).drawn.values]).toEqual(
    Array.from(smoothed.subarray(14_999, 15_004)),
  )
  expect(ask({ kind: 'best', direction: 'max' }, {}).drawn.values.at(-1)).toBe(Math.max(...home.raw('loss').values))
  for (const derive of [
    { kind: 'ema', weight: 0.9 },
    { kind: 'gaussian', sigma: 3 },
    { kind: 'mean', points: 7 },
    { kind: 'best', direction: 'min' },
  ]) {
    const window = { x: 'step' as const, from: 100, to: 19_000, width: 64 }
    const all = derivedOf(home.raw('loss'), derive as Derivation)
    checkDrawn(pointsOf(all), window, ask(derive, window))
  }
})

test.each([
  [{ kind: 'ema', weight: 1 }, 'weight'],
  [{ kind: 'mean', points: 0 }, 'points'],
  [{ kind: 'median' }, 'kind'],
])('%j is no derivation: %s', (derive, field) => {
  using home = open(record('loss', [0]))
  expect(() => home.ask({ series: [], width: 64, derive })).toThrow(field)
})

test('an expression is made of all points of its metrics, joined on step, and says how', () => {
  using home = open(record('train/loss', many), record('val', [0, 10, 20, 30], 105), record('same', many))
  const ask = (key: string, more: object = {}) =>
    drawnOf(home.ask({ series: [{ run: 'r1', key, expression: true }], width: 64, ...more })[0])
  const carried = ask('val - `train/loss` * params.batch', { from: 12, to: 13 })
  expect(carried).toMatchObject({
    run: 'r1',
    key: 'val - `train/loss` * params.batch',
    expression: true,
    join: 'carried',
    total: 31,
    points: 2,
  })
  expect([...carried.drawn.steps]).toEqual([11, 12, 13, 14])
  expect([...carried.drawn.values]).toEqual([11, 12, 13, 14].map(step => Math.sin(10 / 40) - Math.sin(step / 40) * 32))
  expect(carried.firstTime).toBe(100)
  const exact = ask('same - `train/loss`')
  expect([exact.join, exact.total, exact.bucket]).toEqual(['exact', 20_000, 512])
  expect(new Set(exact.drawn.values)).toEqual(new Set([0]))
  const alone = ask('log(val)')
  expect(alone.join).toBeUndefined()
  expect([...alone.drawn.values]).toEqual([0, 10, 20, 30].map(step => Math.log(Math.sin(step / 40))))
  expect(alone.nonFinite).toMatchObject([{ fromStep: 0, toStep: 0, negativeInfinity: 1 }])
  const smoothed = ask('delta(val)', { derive: { kind: 'ema', weight: 0.5 } })
  const differences = [0, 10, 20].map(step => Math.sin((step + 10) / 40) - Math.sin(step / 40))
  expect([...smoothed.drawn.steps]).toEqual([10, 20, 30])
  expect([...smoothed.drawn.values]).toEqual([...exponentialAverage(Float64Array.from(differences), 0.5)])
})

test('an expression that cannot be had says why and where, and hides no other', () => {
  using home = open(record('loss', [0, 1]), record('val/loss', [0, 1]))
  const answers = home.ask({
    series: ['loss +', 'loss * los', 'loss * params.batsh', 'params.optimizer * loss', 'loss * 2'].map(key => ({
      run: 'r1',
      key,
      expression: true,
    })),
    width: 64,
  })
  const faults = answers.map(answer => ('error' in answer ? answer.error.error : answer.key))
  expect(faults).toEqual([
    {
      kind: 'invalid',
      message: 'Expected a metric, a number or ( after +.',
      position: { start: 6, end: 6 },
      expected: 'a metric, a number, (',
    },
    { kind: 'not_found', message: 'Run r1 has no metric los.', position: { start: 7, end: 10 }, nearest: 'loss' },
    { kind: 'not_found', message: 'Run r1 has no param batsh.', position: { start: 7, end: 19 }, nearest: 'batch' },
    {
      kind: 'invalid',
      message: 'Param optimizer of run r1 is "adam", and an expression takes numbers.',
      position: { start: 0, end: 16 },
      expected: 'a number',
    },
    'loss * 2',
  ])
  expect(answers.every(answer => answer.expression)).toBe(true)
})

test('the axis may be another metric of the run, whose values place the points and make the window', () => {
  const down = { key: 'lr', steps: [1, 2, 3, 4], times: [1, 2, 3, 4], values: [8, 4, Number.NaN, 1] }
  using home = open(record('loss', [0, 1, 2, 3, 4, 5]), down)
  const ask = (more: object = {}) => home.ask({ series: [{ run: 'r1', key: 'loss' }], width: 64, x: 'metric', xKey: 'lr', ...more })[0]
  const whole = drawnOf(ask())
  expect(whole).toMatchObject({ join: 'exact', total: 6, points: 3, unplaced: 3, bucket: 1 })
  expect([[...whole.drawn.steps], [...whole.x!]]).toEqual([
    [1, 2, 4],
    [8, 4, 1],
  ])
  const window = drawnOf(ask({ from: 6, to: 9 }))
  expect([window.points, [...window.x!]]).toEqual([1, [8, 4]])
  const computed = drawnOf(home.ask({ series: [{ run: 'r1', key: 'loss * lr', expression: true }], width: 64, x: 'metric', xKey: 'lr' })[0])
  expect([...computed.x!]).toEqual([8, 4, 1])
  expect(ask({ xKey: 'lrs' })).toMatchObject({
    error: { error: { kind: 'not_found', message: 'Run r1 has no metric lrs.', nearest: 'lr' } },
  })
  expect(ask({ xKey: undefined })).toMatchObject({ error: { error: { kind: 'invalid' } } })
})
