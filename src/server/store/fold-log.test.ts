import { rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'

import { decodeSeriesFrame } from '#contract/series-frame.ts'
import { addPoint, emptySummary } from '#maths/summary.ts'
import { homeWithRuns, runRecord } from '#server/api/test-home.ts'
import { createReader } from '#server/queries/service.ts'

import { LogWriter, type LogBatch } from './append-log.ts'
import { openForWriting, transaction } from './database.ts'
import { LogFolder, type FoldPass } from './fold-log.ts'
import { KeyNumbers } from './keys.ts'
import { metricReader } from './metric-row.ts'
import { RunWriter } from './write-run.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

interface Point {
  step: number | bigint
  time: number
  value: number
}
type Points = Map<string, Point[]>

/** The writing side of a store, opened as often as asked, with what was appended kept beside it. */
function openLog(file: string, run = 1) {
  const arrived: Points = new Map()
  let database: DatabaseSync
  let log: LogWriter
  let folder: LogFolder
  let keys: KeyNumbers
  let pass: FoldPass | null = null
  let requests = 0
  const open = () => {
    database = openForWriting(file)
    keys = new KeyNumbers(database)
    log = new LogWriter(database, keys)
    folder = new LogFolder(database)
    pass = null
  }
  open()
  const append = (...batches: Points[]) =>
    transaction(database, () => {
      for (const batch of batches) {
        requests += 1
        const series: LogBatch['series'] = [...batch].map(([key, points]) => ({
          key,
          steps: BigInt64Array.from(points, point => BigInt(point.step)),
          times: Float64Array.from(points, point => point.time),
          values: Float64Array.from(points, point => point.value),
        }))
        log.append({ run, hash: `h${requests}`, at: 1_000 + requests, series })
        for (const [key, points] of batch) arrived.set(key, [...(arrived.get(key) ?? []), ...points])
      }
      log.flush()
      keys.flush()
    })
  /** Returns whether there is more to fold. */
  const slice = (steps: number) => {
    let left = steps
    const goOn = () => {
      left -= 1
      return left > 0
    }
    const folded = transaction(database, () => folder.slice(run, pass, goOn))
    pass = folded.pass
    return folded.more
  }
  const number = (sql: string) => Number(Object.values(database.prepare(sql).get() ?? {})[0])
  const summary = (key: string) => metricReader(database)(1, keys.number('metric', key), run)
  const clear = () => {
    transaction(database, () => {
      new RunWriter(database, keys).clear(run, 1)
      keys.flush()
      log.reset()
      database.prepare('update run set points = 0 where no = ?').run(run)
    })
    arrived.clear()
  }
  const close = () => database.close()
  const reopen = () => {
    close()
    open()
  }
  return { arrived, append, slice, number, summary, clear, reopen, close }
}

function expectAll(file: string, log: ReturnType<typeof openLog>) {
  const reader = createReader(file)
  for (const [key, points] of log.arrived) {
    const want = points.toSorted((a, b) => (a.step === b.step ? a.time - b.time : a.step < b.step ? -1 : 1))
    const got = decodeSeriesFrame(reader.service.series({ run: 'r1', key }))
    expect(Array.from(got.steps, BigInt)).toEqual(want.map(point => BigInt(point.step)))
    expect(new Uint8Array(got.times.slice().buffer)).toEqual(new Uint8Array(Float64Array.from(want, point => point.time).buffer))
    expect(new Uint8Array(got.values.slice().buffer)).toEqual(new Uint8Array(Float64Array.from(want, point => point.value).buffer))
    const onePass = emptySummary()
    for (const { step, time, value } of points) addPoint(onePass, step, time, value)
    expect(log.summary(key)).toEqual(onePass)
  }
  reader.service.close(null)
  expect(log.number('select points from run where no = 1')).toBe([...log.arrived.values()].reduce((sum, points) => sum + points.length, 0))
  expect(log.number('select count(*) from project_key where runs = 1')).toBe(log.arrived.size)
}

/** Numbers where they are exact, as readers emit steps. */
const step = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 20 }) },
    fc.constant(2 ** 32),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  )
  .map(value => (Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value)))
const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, 1e308, 5e-324, 0.1))
const time = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 4e9, noNaN: true }))
const key = fc.constantFrom('loss', 'acc', 'val/acc', '🚀', ...Array.from({ length: 12 }, (_, index) => `k${index}`))
const few = fc
  .array(fc.tuple(key, fc.array(fc.record({ step, time, value }), { minLength: 1, maxLength: 5 })), { minLength: 1, maxLength: 6 })
  .map(entries => new Map(entries))
/** Enough points that series outgrow their pages and pages split. */
const many = fc
  .record({ keys: fc.uniqueArray(key, { minLength: 1, maxLength: 8 }), count: fc.integer({ min: 500, max: 5_000 }), seed: fc.nat(1_000) })
  .map(({ keys, count, seed }): Points => {
    const points = Array.from({ length: Math.ceil(count / keys.length) }, (_, index) => ({
      step: (index * 7 + seed) % (seed % 2 === 0 ? 100_000 : 400),
      time: (index * 13) % 5,
      value: index % 11 === 0 ? Number.NaN : index / 3 - seed,
    }))
    return new Map(keys.map(name => [name, points]))
  })

type Action = { append: Points[] } | { slice: number } | 'reopen' | 'check'
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: fc.array(few, { minLength: 1, maxLength: 3 }).map(append => ({ append })) },
  { weight: 3, arbitrary: many.map(points => ({ append: [points] })) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 20 }).map(slice => ({ slice })) },
  fc.constant('reopen' as const),
  fc.constant('check' as const),
)

test('points and summaries are those of one pass, however appending, folding and opening take turns', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 3, maxLength: 25 }), actions => {
      const { folder, file } = homeWithRuns(runRecord({}))
      const log = openLog(file)
      for (const entry of actions) {
        if (entry === 'reopen') log.reopen()
        else if (entry === 'check') expectAll(file, log)
        else if ('append' in entry) log.append(...entry.append)
        else log.slice(entry.slice)
      }
      expectAll(file, log)
      while (log.slice(2));
      expectAll(file, log)
      expect(log.number('select count(*) from log')).toBe(0)
      log.close()
      rmSync(folder, { recursive: true })
    }),
    { numRuns: 40 },
  )
})

function line(count: number, from = 0): Point[] {
  return Array.from({ length: count }, (_, index) => ({ step: from + index, time: from + index, value: (from + index) / 7 }))
}

test('appended points follow those of an import, sorted or not', () => {
  const short = { key: 'short', steps: [3, 1, 2], times: [1, 1, 1], values: [30, 10, 20] }
  const points = line(5_000)
  const long = {
    key: 'long',
    steps: points.map(point => Number(point.step)),
    times: points.map(point => point.time),
    values: points.map(point => point.value),
  }
  const { folder, file } = homeWithRuns(runRecord({ series: [short, long] }))
  folders.push(folder)
  const log = openLog(file)
  log.append(
    new Map([
      ['short', [{ step: 2, time: 1, value: 21 }]],
      ['long', line(4_000, 5_000)],
    ]),
  )
  const values = (name: string) => {
    const reader = createReader(file)
    const frame = decodeSeriesFrame(reader.service.series({ run: 'r1', key: name }))
    reader.service.close(null)
    return [...frame.values]
  }
  for (const _ of [1, 2]) {
    expect(values('short')).toEqual([10, 20, 21, 30])
    expect(values('long')).toEqual(line(9_000).map(point => point.value))
    while (log.slice(1));
  }
  expect(log.number('select count(*) from log')).toBe(0)
  expect(log.number('select count(*) from chunk')).toBe(3)
  expect(log.number('select count(*) from metric where sorted = 1')).toBe(1)
  log.close()
})

test('a slice may be as small as a row, a page or a part of a series, and pages stay within their size', () => {
  const { folder, file } = homeWithRuns(runRecord({}))
  folders.push(folder)
  const log = openLog(file)
  const names = Array.from({ length: 300 }, (_, index) => `m${index}`)
  log.append(new Map(names.map(name => [name, line(50)])))
  while (log.slice(Infinity));
  const pages = log.number('select count(*) from page')
  expect(pages).toBeGreaterThan(4)
  log.append(new Map(names.map(name => [name, line(50, 50)])))
  log.append(new Map([['long', line(100_000)]]))
  const rows = log.number('select count(*) from log')
  let slices = 0
  for (let more = true; more; slices += 1) {
    const before = log.number('select total_changes()')
    more = log.slice(1)
    expect(log.number('select total_changes()') - before).toBeLessThanOrEqual(28)
    if (slices % 20 === 0) expectAll(file, log)
  }
  expect(slices).toBeGreaterThanOrEqual(2 * rows + pages + 100_000 / 49_152)
  expect(log.number('select max(length(bytes)) from page')).toBeLessThanOrEqual(65_536 + 8 + 300 * 16)
  expectAll(file, log)
  log.close()
})

test('a pass that stops for good leaves each point once, and the next one goes on', () => {
  const { folder, file } = homeWithRuns(runRecord({}))
  folders.push(folder)
  const log = openLog(file)
  for (const round of [0, 1, 2, 3]) {
    log.append(new Map(['a', 'b', 'c'].map(name => [name, line(3_000, round * 3_000)])), new Map([[`new ${round}`, line(2)]]))
    for (let stop = 1; stop < 12; stop += 1) {
      for (let count = 0; count < stop; count += 1) log.slice(1)
      log.reopen()
      expectAll(file, log)
    }
  }
  while (log.slice(1));
  expectAll(file, log)
  expect(log.number('select count(*) from log')).toBe(0)
  log.close()
})

test('a run that is cleared within a pass is not written to by the rest of it', () => {
  for (let slices = 1; slices < 8; slices += 1) {
    const { folder, file } = homeWithRuns(runRecord({}))
    folders.push(folder)
    const log = openLog(file)
    log.append(new Map([['a', line(10)]]), new Map([['b', line(5_000)]]))
    for (let count = 0; count < slices; count += 1) log.slice(1)
    log.clear()
    log.append(new Map([['a', line(3, 100)]]))
    expectAll(file, log)
    while (log.slice(1));
    expectAll(file, log)
    expect(log.number('select count(*) from chunk')).toBe(0)
    log.close()
  }
})

test('a series that outgrows pages leaves its page for chunks of 4,096 points', () => {
  const { folder, file } = homeWithRuns(runRecord({}))
  folders.push(folder)
  const log = openLog(file)
  log.append(new Map([['only', line(4_000)]]))
  while (log.slice(1));
  expect([log.number('select count(*) from page'), log.number('select count(*) from chunk')]).toEqual([1, 0])
  log.append(new Map([['only', line(10_000, 4_000)]]))
  while (log.slice(1));
  expect([log.number('select count(*) from page'), log.number('select count(*) from chunk')]).toEqual([0, 4])
  expectAll(file, log)
  log.close()
})

test('a request too large for one row of the log becomes several in order', () => {
  const { folder, file } = homeWithRuns(runRecord({}))
  folders.push(folder)
  const log = openLog(file)
  log.append(
    new Map([
      ['a', line(10)],
      ['b', line(40_000)],
      ['c', line(3)],
    ]),
  )
  expect(log.number('select count(*) from log')).toBe(3)
  expectAll(file, log)
  log.reopen()
  while (log.slice(1));
  expectAll(file, log)
  log.close()
})
