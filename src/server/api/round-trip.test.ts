import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import * as fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'

import { fromFloat64 } from '#contract/int64.ts'
import { printOperand } from '#contract/operand-text.ts'
import { operations } from '#contract/operations.ts'
import type { RunDetail } from '#contract/run.ts'
import type { RunsPage } from '#contract/runs-page.ts'
import { decodeSeriesFrame } from '#contract/series-frame.ts'
import type { Project } from '#contract/source.ts'
import { RunBuilder } from '#server/ingest/prepare-run.ts'
import { createWriter } from '#server/ingest/writer.ts'
import { createReader } from '#server/queries/service.ts'
import type { RunRecord, SeriesRecord } from '#server/readers/record.ts'

import { runRecord } from './test-home.ts'

const homes: string[] = []
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true })
})

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes))
}

function open() {
  const home = mkdtempSync(path.join(os.tmpdir(), 'readout-home-'))
  homes.push(home)
  const file = path.join(home, 'readout.db')
  let changed: (projects: readonly number[], runs: readonly number[] | null) => void = () => undefined
  const writer = createWriter(file, change => changed(change.projects, change.runs)).service
  const reader = createReader(file)
  changed = reader.changed
  const claim = (folder: string, marks: string[] = []) =>
    writer.claim({ format: 'mlflow', path: folder, name: path.basename(folder), marks }).source
  const write = (source: number, ...records: RunRecord[]) =>
    writer.write({ source, projects: [], runs: records.map(record => new RunBuilder(record).finish()), models: [], registeredModels: [] })
  const projects = () => parsed(reader.service.projects({})) as Project[]
  const run = (id: string) => parsed(reader.service.run({ run: id })) as RunDetail
  const page = (project: string, columns: string[] = [], filter = '') =>
    parsed(reader.service.runsPage({ project, filter, sort: [], columns, offset: 0, limit: 100, deleted: 'include' })) as RunsPage
  const series = (id: string, key: string) => decodeSeriesFrame(reader.service.series({ run: id, key }))
  return { file, writer, reader, claim, write, projects, run, page, series }
}

const step = fc.oneof(fc.integer({ min: 0, max: 1_000 }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constant(2 ** 31))
const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 1e308, 5e-324, 0.1))
const point = fc.record({ step, time: fc.double({ min: 0, max: 4e9, noNaN: true }), value })
const text = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }).filter(word => word.isWellFormed()),
  fc.constantFrom('val/acc', "it's", '"q"', '`b`', '🚀 loss', 'مرحبا', 'a'.repeat(10_000), '__proto__', ' '),
)

function seriesRecord(key: string, points: readonly { step: number | bigint; time: number; value: number }[]): SeriesRecord {
  return { key, steps: points.map(entry => entry.step), times: points.map(entry => entry.time), values: points.map(entry => entry.value) }
}

function sorted<Point extends { step: number | bigint; time: number }>(points: readonly Point[]): Point[] {
  return points.toSorted((a, b) => (a.step === b.step ? a.time - b.time : a.step < b.step ? -1 : 1))
}

test('points come back bit-equal in the order (step, time, arrival), whatever they are', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, fc.array(point, { minLength: 1, maxLength: 30 })), { selector: ([key]) => key, maxLength: 5 }),
      entries => {
        const home = open()
        const source = home.claim('/data/mlruns')
        home.write(source.no, runRecord({ series: entries.map(([key, points]) => seriesRecord(key, points)) }))
        const detail = home.run('r1')
        operations.run.output.parse(detail)
        expect(detail.points).toBe(entries.reduce((sum, [, points]) => sum + points.length, 0))
        for (const [key, points] of entries) {
          const expected = sorted(points.map(entry => ({ ...entry, step: BigInt(entry.step) })))
          const frame = home.series('r1', key)
          expect(Array.from(frame.steps, BigInt)).toEqual(expected.map(entry => entry.step))
          expect([...frame.times].every((time, at) => Object.is(time, expected[at]?.time))).toBe(true)
          expect([...frame.values].every((stored, at) => Object.is(stored, expected[at]?.value))).toBe(true)
          const summary = detail.metrics.find(metric => metric.key === key)
          expect(summary?.count).toBe(points.length)
          const column = home.page(detail.project.id, [printOperand({ kind: 'metric', key, aggregate: 'last' })]).columns[0]
          expect(column?.steps?.[0]).toEqual(summary?.last.step)
          expect(fromFloat64((column?.values[0] ?? 0) as number)).toBe(fromFloat64(summary?.last.value ?? 0))
        }
        home.reader.service.close(null)
        home.writer.close()
      },
    ),
    { numRuns: 40 },
  )
})

test('params, tags and names come back letter for letter', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([key]) => key, maxLength: 6 }), text, (pairs, name) => {
      const home = open()
      const source = home.claim('/data/mlruns')
      home.write(source.no, runRecord({ name, params: pairs, tags: pairs }))
      const detail = home.run('r1')
      const expected = pairs.map(([key, value]) => ({ key, value })).sort((a, b) => (a.key < b.key ? -1 : 1))
      expect(detail.name).toBe(name)
      expect(detail.params).toEqual(expected)
      expect(detail.tags).toEqual(expected)
      const columns = pairs.map(([key]) => printOperand({ kind: 'param', key }))
      expect(home.page(detail.project.id, columns).columns.map(column => column.values[0])).toEqual(pairs.map(([, value]) => value))
      home.reader.service.close(null)
      home.writer.close()
    }),
    { numRuns: 40 },
  )
})

test('a long series is cut into chunks and comes back whole, sorted or not', () => {
  const home = open()
  const source = home.claim('/data/mlruns')
  const points = Array.from({ length: 20_000 }, (_, at) => ({ step: (at * 7_919) % 20_000, time: at, value: at / 3 }))
  const builder = new RunBuilder(runRecord({}))
  for (let at = 0; at < points.length; at += 3_000) builder.add(seriesRecord('loss', points.slice(at, at + 3_000)))
  home.writer.write({ source: source.no, projects: [], runs: [builder.finish()], models: [], registeredModels: [] })
  const frame = home.series('r1', 'loss')
  expect([...frame.values]).toEqual(sorted(points).map(entry => entry.value))
  expect(home.run('r1').metrics[0]).toMatchObject({ count: 20_000, first: { value: 0, step: 0 }, last: { step: 19_999 } })
})

test('typed columns in parts come back bit-exact, with steps that only int64 holds, and say whether they were float32', () => {
  const home = open()
  const source = home.claim('/data/runs')
  const builder = new RunBuilder(runRecord({}))
  const steps = BigInt64Array.from({ length: 9_000 }, (_, at) => BigInt(at) + (at < 8_500 ? 0n : 2n ** 53n))
  const values = Float64Array.from(steps, (_, at) => [Math.fround(at / 3), Number.NaN, -0, Infinity][at % 4] ?? 0)
  const times = Float64Array.from(steps, (_, at) => 1_700_000_000 + at / 8)
  for (let at = 0; at < steps.length; at += 1_000) {
    const end = at + 1_000
    const part = { times: times.slice(at, end), values: values.slice(at, end), float32: true }
    builder.add({ key: 'narrow', steps: Float64Array.from(times.slice(at, end), (_, index) => at + index), ...part })
    builder.add({ key: 'wide', steps: steps.slice(at, end), ...part, float32: at > 0 })
  }
  const run = builder.finish()
  expect(run.metrics.map(metric => [metric.key, metric.summary.float32])).toEqual([
    ['narrow', true],
    ['wide', false],
  ])
  home.writer.write({ source: source.no, projects: [], runs: [run], models: [], registeredModels: [] })
  expect(home.series('r1', 'wide')).toEqual({ steps, times, values })
  expect(home.series('r1', 'narrow')).toEqual({ steps: Uint32Array.from(steps, (_, at) => at), times, values })
})

test('two copies of a tree are one run in two places; another content is a second run, both marked', () => {
  const home = open()
  const folders = ['a', 'b', 'c'].map(name => path.join(path.dirname(home.file), name))
  for (const folder of folders) mkdirSync(folder)
  const [a = '', b = '', c = ''] = folders
  const first = home.claim(a)
  home.write(first.no, runRecord({}))
  const copy = home.claim(b)
  home.write(copy.no, runRecord({}))
  expect(home.run('r1').places.map(place => place.source)).toEqual([a, b])
  expect(home.projects()).toHaveLength(1)
  const other = home.claim(c)
  home.write(other.no, runRecord({ digest: 'd2', name: 'changed' }))
  expect(() => home.run('r1')).toThrow(/2 runs with different content have the id r1/)
  const all = home.projects().flatMap(project => home.page(project.id).rows)
  expect(all.map(row => [row.name, row.conflict])).toEqual([
    ['run', true],
    ['changed', true],
  ])
})

test('runs whose ids are only paths are two runs without a mark, or one where a folder was copied', () => {
  const home = open()
  const [a = '', b = '', c = ''] = ['a', 'b', 'c'].map(name => path.join(path.dirname(home.file), name))
  for (const folder of [a, b, c]) mkdirSync(folder)
  const train = { foreignId: 'train', path: 'train', idIsPath: true }
  home.write(home.claim(a).no, runRecord({ ...train, digest: 'd1' }))
  home.write(home.claim(b).no, runRecord({ ...train, digest: 'd2' }))
  home.write(home.claim(c).no, runRecord({ ...train, digest: 'd2' }))
  const rows = home.projects().flatMap(project => home.page(project.id).rows)
  expect(rows.map(row => row.conflict)).toEqual([false, false])
  expect(new Set(rows.map(row => row.id)).size).toBe(2)
  expect(rows.map(row => home.run(row.id).places.map(place => place.source))).toEqual([[a], [b, c]])
})

test('a moved folder keeps its identity and so its runs their ids', () => {
  const home = open()
  const before = home.claim('/nowhere/mlruns', ['481'])
  home.write(before.no, runRecord({}))
  const id = home.run('r1').id
  const after = home.claim('/elsewhere/mlruns', ['481', '482'])
  expect(after).toMatchObject({ no: before.no, path: '/elsewhere/mlruns' })
  home.write(after.no, runRecord({}))
  expect(home.run(id).places).toEqual([{ source: '/elsewhere/mlruns', path: '1/r1', missing: false }])
})

test('a run read again replaces what it had; one whose files are gone stays, marked', () => {
  const home = open()
  const source = home.claim('/data/mlruns')
  home.write(
    source.no,
    runRecord({ params: [['lr', '0.1']], series: [seriesRecord('loss', [{ step: 0, time: 0, value: 1 }])] }),
    runRecord({ foreignId: 'r2', digest: 'x' }),
  )
  home.write(source.no, runRecord({ digest: 'd2', params: [['depth', '3']] }))
  expect(home.run('r1')).toMatchObject({ params: [{ key: 'depth', value: '3' }], metrics: [], points: 0 })
  const [project] = home.projects()
  const keys = JSON.parse(
    new TextDecoder().decode(home.reader.service.keys({ project: project?.id ?? '', search: '', kind: 'param', limit: 10, offset: 0 })),
  ) as { keys: { key: string; runs: number }[] }
  expect(keys.keys.map(entry => [entry.key, entry.runs])).toEqual([['depth', 1]])
  const result = { state: 'ready' as const, runs: 1, points: 0, issues: 1, readMs: 5 }
  home.writer.finish({ source: source.no, result, issues: [{ path: '/data/mlruns/x', line: 3, reason: 'letters' }], seen: new Set(['r1']) })
  expect(home.run('r2').places[0]?.missing).toBe(true)
  expect(home.page(project?.id ?? '').rows.filter(row => row.missing)).toHaveLength(1)
  expect(home.writer.sources()[0]).toMatchObject({
    runs: 2,
    issues: 1,
    issueList: [{ path: '/data/mlruns/x', line: 3, reason: 'letters' }],
  })
})

test('forget removes a source and the runs that lie nowhere else', () => {
  const home = open()
  home.write(home.claim('/data/a').no, runRecord({}), runRecord({ foreignId: 'r2', digest: 'x' }))
  home.write(home.claim('/data/b').no, runRecord({}))
  expect(home.writer.forget('/data/a')).toEqual({ path: '/data/a', runs: 1 })
  expect(() => home.run('r2')).toThrow('No run r2')
  expect(home.run('r1').places).toHaveLength(1)
  expect(() => home.writer.forget('/data/a')).toThrow(/No source \/data\/a in this home. It has: \/data\/b/)
})

test('a filter takes the id that Readout gave a run as well as its own', () => {
  const home = open()
  const source = home.claim('/data/mlruns')
  home.write(source.no, runRecord({ foreignId: 'r1' }), runRecord({ foreignId: 'r2', digest: 'd2' }))
  const [project] = home.projects()
  const { id } = home.run('r2')
  const found = (filter: string) => home.page(project?.id ?? '', [], filter).rows.map(row => row.id)
  expect(id).not.toBe('r2')
  expect(found(`run_id = '${id}'`)).toEqual([id])
  expect(found(`run_id in ('${id}', 'nowhere')`)).toEqual([id])
  expect(found(`run_id = 'r2'`)).toEqual([id])
  expect(found(`not run_id != '${id}'`)).toEqual([id])
  expect(found(`run_id not in ('${id}') or name = 'none'`)).toEqual([home.run('r1').id])
})
