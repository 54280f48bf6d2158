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

function open(...series: SeriesRecord[]) {
  const { folder, file } = homeWithRuns(runRecord({ series }))
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
