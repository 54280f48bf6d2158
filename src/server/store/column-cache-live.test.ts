import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { aggregates, attributes, type Attribute, type Operand } from '#contract/operand.ts'
import { runRecord } from '#server/api/test-home.ts'
import { RunBuilder } from '#server/ingest/prepare-run.ts'
import { createWriter } from '#server/ingest/writer.ts'
import { numericTexts } from '#server/queries/column-range.ts'
import { textRanks } from '#server/queries/filter/text-ranks.ts'

import { ColumnCache } from './column-cache.ts'
import type { Column } from './column.ts'
import { openForReading } from './database.ts'
import type { RunIndex } from './run-index.ts'

const operands: Operand[] = [
  ...aggregates.map((aggregate): Operand => ({ kind: 'metric', key: 'loss', aggregate })),
  { kind: 'metric', key: 'rare', aggregate: 'last' },
  { kind: 'param', key: 'lr' },
  { kind: 'tag', key: 'team' },
  ...(Object.keys(attributes) as Attribute[]).map((key): Operand => ({ kind: 'attribute', key })),
]

const step = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(2n ** 62n + 1n, -(2n ** 60n)))
const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0.5))
const points = fc.array(fc.tuple(step, value), { minLength: 1, maxLength: 3 })
const words = fc.constantFrom('', '1', '1.0', '0x1', 'nan', 'ten', '🜁')
const facts = fc.record({
  name: fc.constantFrom('a', 'b', 'c'),
  status: fc.constantFrom('running' as const, 'finished' as const, 'failed' as const),
  user: words,
  start: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 4 }),
  end: fc.option(fc.integer({ min: 1, max: 9 }), { freq: 2 }),
  deletedAt: fc.option(fc.constant(5), { freq: 2 }),
  params: fc.uniqueArray(fc.tuple(fc.constantFrom('lr', 'other'), words), { selector: ([key]) => key }),
  tags: fc.uniqueArray(fc.tuple(fc.constantFrom('team', 'lr'), words), { selector: ([key]) => key }),
  datasets: fc.array(
    fc.constantFrom('digits', 'letters', '').map(name => ({ name, digest: '1', context: '', sourceType: 'local', source: '/d' })),
    { maxLength: 3 },
  ),
})
const run = fc.nat({ max: 40 })
const key = fc.constantFrom('loss', 'loss', 'rare')
const operation = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), run, source: fc.constantFrom(0, 1), facts, key, points }),
  fc.record({ kind: fc.constant('renew' as const), run, facts }),
  fc.record({ kind: fc.constant('append' as const), run, key, points }),
  fc.record({ kind: fc.constant('append' as const), run, key, points }),
  fc.record({ kind: fc.constant('gone' as const), runs: fc.array(run, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('forget' as const) }),
  fc.record({ kind: fc.constant('look' as const), operands: fc.subarray(operands) }),
)

function seriesOf(name: string, logged: [number | bigint, number][]) {
  return { key: name, steps: logged.map(([at]) => at), times: logged.map((_, at) => at), values: logged.map(([, number]) => number) }
}

function logged(name: string, list: [number | bigint, number][]) {
  const steps = BigInt64Array.from(list, ([at]) => BigInt(at))
  return { key: name, steps, times: Float64Array.from(list, (_, at) => at), values: Float64Array.from(list, ([, number]) => number) }
}

function contents(column: Column, size: number): unknown {
  if (column.kind === 'number') {
    return Array.from({ length: size }, (_, at) => [
      column.present[at],
      column.numbers[at],
      column.wideSteps?.get(at) ?? column.steps?.[at],
    ]).concat([[column.wideSteps?.size]])
  }
  const ranks = textRanks(column)
  const values = Array.from({ length: size }, (_, at) =>
    [column.codes[at] ?? 0, ...(column.more?.get(at) ?? [])].map(code => [
      column.texts[code],
      column.numbers[code],
      column.isNumber[code],
      ranks.ascending[code],
      ranks.descending[code],
    ]),
  )
  return [values, [...column.texts].sort(), numericTexts(column), column.more?.size]
}

function indexContents({ size, numbers, ids, foreignIds, names, deleted, conflict, missing, started }: RunIndex): unknown {
  return [size, ids, foreignIds, names, ...[numbers, deleted, conflict, missing, started].map(array => [...array.subarray(0, size)])]
}

test('whatever is written, appended, renewed and removed, columns that are held are those that would be loaded', async () => {
  let patched = 0
  const held = fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async operations => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'readout-columns-'))
    const file = path.join(folder, 'readout.db')
    let cache: ColumnCache | null = null
    const { service } = createWriter(file, ({ projects, runs }) => cache?.changed(projects, runs))
    const database = openForReading(file)
    try {
      cache = new ColumnCache(database)
      const claim = (at: number) => service.claim({ format: 'mlflow', path: `/data/${at}`, name: `s${at}`, marks: [`m${at}`] }).source.no
      const sources = [claim(0), claim(1)]
      const write = (source: number, records: Parameters<typeof runRecord>[0][]) =>
        service.write({
          source,
          projects: [],
          runs: records.map(record => new RunBuilder(runRecord(record)).finish()),
          models: [],
          registeredModels: [],
        })
      // More than a hundred, so that few changes are patched and not loaded.
      const fill = () =>
        write(
          sources[0] ?? 0,
          Array.from({ length: 700 }, (_, at) => ({ foreignId: `r${at < 20 ? at : at + 50}`, digest: `d${at}`, user: `u${at % 7}` })),
        )
      fill()
      const projects = () =>
        database
          .prepare('select no from project')
          .all()
          .map(row => Number(row['no']))
      const warm = (which: readonly Operand[]) => projects().flatMap(no => which.map(operand => cache?.column(no, operand)))
      warm(operands)
      let requests = 0
      for (const step of operations) {
        const runNo = (at: number) => Number(database.prepare('select no from run where foreign_id = ?').get(`r${at}`)?.['no'] ?? 0)
        requests += 1
        if (step.kind === 'look') warm(step.operands)
        else if (step.kind === 'gone') service.gone({ source: sources[0] ?? 0, foreignIds: step.runs.map(at => `r${at}`) })
        else if (step.kind === 'append') {
          if (runNo(step.run) > 0)
            await service.append({ run: runNo(step.run), hash: `h${requests}`, at: requests, series: [logged(step.key, step.points)] })
        } else if (step.kind === 'forget') {
          service.forget('/data/1')
          sources[1] = claim(1)
        } else if (step.kind === 'renew') {
          const renewed = new RunBuilder(runRecord({ foreignId: `r${step.run}`, ...step.facts })).finish()
          service.renew({ source: sources[0] ?? 0, foreignId: `r${step.run}`, facts: renewed })
        } else {
          const series = [seriesOf(step.key, step.points)]
          write(sources[step.source] ?? 0, [{ foreignId: `r${step.run}`, digest: `w${requests}`, ...step.facts, series }])
        }
      }
      const fresh = new ColumnCache(database)
      for (const no of projects()) {
        expect(indexContents(cache.index(no))).toStrictEqual(indexContents(fresh.index(no)))
        const { size } = fresh.index(no)
        for (const operand of operands) {
          if (cache.held(no, operand)) patched += 1
          expect(contents(cache.column(no, operand), size)).toStrictEqual(contents(fresh.column(no, operand), size))
        }
      }
    } finally {
      database.close()
      service.close()
      rmSync(folder, { recursive: true })
    }
  })
  await fc.assert(held, { numRuns: 40 })
  expect(patched).toBeGreaterThan(100)
}, 60_000)
