import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

import { afterEach, expect, test, vi } from 'vitest'

import { decodeSeriesFrame } from '#contract/series-frame.ts'
import { homeWithRuns, runRecord } from '#server/api/test-home.ts'
import { createReader } from '#server/queries/service.ts'
import type { LogBatch } from '#server/store/append-log.ts'

import { RunBuilder } from './prepare-run.ts'
import { createWriter, type Change, type WriterService } from './writer.ts'

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0).toReversed()) end()
})

function home() {
  const { folder, file } = homeWithRuns(runRecord({ foreignId: 'r1' }), runRecord({ foreignId: 'r2', digest: 'd2', projectForeignId: '2' }))
  endings.push(() => rmSync(folder, { recursive: true, force: true }))
  return file
}

/** A writer that is closed once, by the test or after it. */
function openWriter(file: string, quiet?: number) {
  const changes: Change[] = []
  const writer = createWriter(file, change => changes.push(change), quiet).service
  let open = true
  const close = () => {
    if (open) writer.close()
    open = false
  }
  endings.push(close)
  return { writer, changes, close }
}

function batch(hash: string, values: readonly number[], more: Partial<LogBatch> = {}): LogBatch {
  const steps = Uint32Array.from(values, (_, index) => index)
  return {
    run: 1,
    hash,
    at: 1_000_000_000,
    series: [{ key: 'loss', steps, times: Float64Array.from(steps), values: Float64Array.from(values) }],
    ...more,
  }
}

function read(file: string, sql: string) {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Object.values(database.prepare(sql).get() ?? {})[0]
  } finally {
    database.close()
  }
}

function valuesOf(file: string, run = 'r1', key = 'loss') {
  const reader = createReader(file)
  try {
    return [...decodeSeriesFrame(reader.service.series({ run, key })).values]
  } finally {
    reader.service.close(null)
  }
}

function append(writer: WriterService, ...batches: LogBatch[]) {
  return Promise.allSettled(batches.map(entry => writer.append(entry)))
}

test('what comes together is one commit, told once with all its projects', async () => {
  const file = home()
  const { writer, changes } = openWriter(file)
  const answers = await Promise.all([
    writer.append(batch('a', [1, 2])),
    writer.append(batch('b', [3])),
    writer.append(batch('c', [4], { run: 2 })),
  ])
  expect(answers.map(answer => answer.repeated)).toEqual([false, false, false])
  expect(answers.map(answer => answer.sequence)).toEqual([1, 2, 3])
  expect(changes).toEqual([{ projects: [1, 2], runs: [1, 2] }])
  expect(valuesOf(file)).toEqual([1, 3, 2])
  expect(valuesOf(file, 'r2')).toEqual([4])
})

test('a retry is answered as the first request was, in its group, later and after another start', async () => {
  const file = home()
  const first = openWriter(file)
  const [one, two] = await Promise.all([first.writer.append(batch('a', [1])), first.writer.append(batch('a', [1]))])
  expect(two).toEqual({ ...one, repeated: true })
  expect(await first.writer.append(batch('a', [1]))).toEqual({ ...one, repeated: true })
  first.close()
  const second = openWriter(file)
  expect(await second.writer.append(batch('a', [1]))).toEqual({ ...one, repeated: true })
  expect(await second.writer.append(batch('a', [1], { run: 2 }))).toMatchObject({ repeated: false })
  expect(second.changes).toHaveLength(1)
  expect(valuesOf(file)).toEqual([1])
})

test('requests are known for a day', async () => {
  const file = home()
  const { writer } = openWriter(file)
  const day = 24 * 3_600_000
  await writer.append(batch('a', [1], { at: 5 }))
  expect(await writer.append(batch('a', [1], { at: 5 + day }))).toMatchObject({ repeated: true })
  await writer.append(batch('b', [2], { at: 6 + day }))
  expect(read(file, 'select group_concat(hash) from request')).toBe('b')
  expect(await writer.append(batch('a', [1], { at: 6 + day }))).toMatchObject({ repeated: false })
})

test('a batch that is refused leaves the others of its group', async () => {
  const file = home()
  const { writer } = openWriter(file)
  const loss = { key: 'loss', steps: Uint32Array.of(1), times: Float64Array.of(1), values: Float64Array.of(1) }
  const outcomes = await append(
    writer,
    batch('a', [1]),
    batch('b', [2], { run: 99 }),
    batch('c', [3], { series: [{ ...loss, steps: Uint32Array.of(1, 2) }] }),
    batch('d', [4], { series: [{ ...loss, key: 'nan time', times: Float64Array.of(Number.NaN) }] }),
    batch('e', [], {}),
    batch('', [5]),
    batch('f', [6], { at: 0.5 }),
    batch('g', [7]),
  )
  expect(outcomes.map(outcome => (outcome.status === 'fulfilled' ? 'stored' : outcome.reason.kind))).toEqual([
    'stored',
    'not_found',
    'invalid',
    'invalid',
    'invalid',
    'invalid',
    'invalid',
    'stored',
  ])
  expect(valuesOf(file)).toEqual([1, 7])
  expect(read(file, "select count(*) from key where name = 'nan time'")).toBe(0)
})

test('too many points that wait are refused as unavailable, and what waited is stored', async () => {
  const file = home()
  const { writer } = openWriter(file)
  const large = Array.from({ length: 500_000 }, (_, index) => index)
  const outcomes = await append(writer, batch('a', large), batch('b', large), batch('c', large), batch('d', [1], { run: 2 }))
  expect(outcomes.map(outcome => (outcome.status === 'fulfilled' ? 'stored' : outcome.reason.kind))).toEqual([
    'stored',
    'stored',
    'unavailable',
    'stored',
  ])
  expect(
    await append(
      writer,
      batch(
        'e',
        Array.from({ length: 1_100_000 }, () => 1),
      ),
    ),
  ).toMatchObject([{ reason: { kind: 'too_large' } }])
  expect(await writer.append(batch('c', [1]))).toMatchObject({ repeated: false })
})

test('close stores what waits and takes nothing more', async () => {
  const file = home()
  const { writer, close } = openWriter(file)
  const waiting = writer.append(batch('a', [1]))
  close()
  expect(await waiting).toMatchObject({ repeated: false })
  await expect(writer.append(batch('b', [2]))).rejects.toMatchObject({ kind: 'unavailable' })
  expect(valuesOf(file)).toEqual([1])
})

test('the log of a run is folded when it is long, when it is quiet, and when it was left by another start', async () => {
  const file = home()
  const rows = () => read(file, 'select count(*) from log')
  const first = openWriter(file)
  await first.writer.append(
    batch(
      'a',
      Array.from({ length: 4_096 }, (_, index) => index),
    ),
  )
  await vi.waitFor(() => expect(rows()).toBe(0), 5_000)
  expect(read(file, 'select count(*) from chunk')).toBe(1)
  await first.writer.append(batch('b', [1, 2, 3], { run: 2 }))
  await new Promise(resolve => setTimeout(resolve, 60))
  expect(rows()).toBe(1)
  first.close()
  const second = openWriter(file, 500)
  await vi.waitFor(() => expect(rows()).toBe(0), 5_000)
  await second.writer.append(batch('c', [4], { run: 2 }))
  expect(rows()).toBe(1)
  await vi.waitFor(() => expect(rows()).toBe(0), 5_000)
  expect(valuesOf(file, 'r2')).toEqual([1, 4, 2, 3])
  expect(read(file, 'select count(*) from page')).toBe(1)
})

test('a log that cannot be folded stays, others are folded, and it is tried again', async () => {
  const file = home()
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  endings.push(() => said.mockRestore())
  const damage = new DatabaseSync(file)
  endings.push(() => damage.close())
  damage.exec("insert into page values (1, 0, x'00', 0)")
  const { writer } = openWriter(file, 1_500)
  const long = Array.from({ length: 4_096 }, (_, index) => index)
  await append(writer, batch('a', long), batch('b', long, { run: 2 }))
  await vi.waitFor(() => expect(read(file, 'select group_concat(distinct run) from log')).toBe('1'), 5_000)
  expect(said).toHaveBeenCalledOnce()
  expect(await writer.append(batch('c', [1]))).toMatchObject({ repeated: false })
  expect(read(file, 'select count(*) from log')).toBe(2)
  damage.exec('delete from page')
  await vi.waitFor(() => expect(read(file, 'select count(*) from log')).toBe(0), 5_000)
  expect(valuesOf(file)).toHaveLength(4_097)
})

test('a run that is read anew or forgotten leaves nothing in the log', async () => {
  const file = home()
  const { writer } = openWriter(file)
  await append(writer, batch('a', [1]), batch('b', [2], { run: 2 }))
  const { source } = writer.claim({ format: 'mlflow', path: '/data/mlruns', name: 'mlruns', marks: [] })
  const again = new RunBuilder(
    runRecord({ foreignId: 'r1', digest: 'new', series: [{ key: 'loss', steps: [1], times: [1], values: [9] }] }),
  ).finish()
  writer.write({ source: source.no, projects: [], runs: [again], models: [], registeredModels: [] })
  expect(valuesOf(file)).toEqual([9])
  expect(await writer.append(batch('a', [1]))).toMatchObject({ repeated: false })
  expect(valuesOf(file)).toEqual([1, 9])
  expect(read(file, 'select json_array(count, first, last, sorted) from metric where run = 1')).toBe('[2,1.0,9.0,0]')
  writer.forget('mlruns')
  for (const table of ['log', 'request', 'metric', 'page', 'run', 'project_key'])
    expect(read(file, `select count(*) from ${table}`)).toBe(0)
})
