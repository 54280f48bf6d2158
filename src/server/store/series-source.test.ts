import { DatabaseSync } from 'node:sqlite'

import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Series } from '#contract/series-frame.ts'

import { joinBlocks } from './page.ts'
import { chunkPoints, encodeBlock, sliceSeries } from './points.ts'
import { levelPoints, PyramidWriter } from './pyramid.ts'
import { migrations } from './schema.ts'
import { chunkedSource, memorySource } from './series-source.ts'
import { randomSeries } from './test-series.ts'

const run = 7
const key = 3

function openStore(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const migration of migrations) database.exec(migration)
  return database
}

/** Stores a series as chunks, but for so many points at its end, which stand in the log. */
function store(database: DatabaseSync, series: Series, logged: number): void {
  const pyramid = new PyramidWriter(database)
  const chunked = series.values.length - logged
  for (let start = 0; start < chunked; start += chunkPoints) {
    const bytes = encodeBlock(sliceSeries(series, start, Math.min(chunked, start + chunkPoints)))
    database.prepare('insert into chunk values (?, ?, ?, ?, 5)').run(run, key, start / chunkPoints, bytes)
    pyramid.add(run, key, start / chunkPoints, bytes)
  }
  if (logged === 0) return
  const bytes = encodeBlock(sliceSeries(series, chunked, series.values.length))
  database.prepare('insert into log values (9, ?, 0, ?, ?)').run(run, logged, joinBlocks([{ key, points: logged, bytes }]))
}

const part = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))

test('parts of a stored series, raw and thinned, are those of the series in memory, whatever rows of the pyramid are missing', () => {
  fc.assert(
    fc.property(
      randomSeries,
      fc.nat(3_000),
      fc.array(part, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', 'where no % 3 = 1', 'where 1'),
      (series, logged, parts, missing) => {
        const database = openStore()
        store(database, series, Math.min(logged, series.values.length - 1))
        if (missing !== '') database.exec(`delete from pyramid ${missing}`)
        const stored = chunkedSource(database, run, key)
        const memory = memorySource(series)
        expect(stored?.total).toBe(memory.total)
        for (const [a, b] of parts) {
          const from = Math.floor(Math.min(a, b) * memory.total)
          const to = Math.ceil(Math.max(a, b) * memory.total)
          expect(stored?.raw(from, to)).toEqual(memory.raw(from, to))
          for (const level of [1, 2] as const) {
            const size = levelPoints[level]
            const [start, end] = [Math.floor(from / size) * size, Math.min(memory.total, Math.ceil(to / size) * size)]
            if (end > start) expect(stored?.thinned(level, start, end)).toEqual(memory.thinned(level, start, end))
          }
        }
        database.close()
      },
    ),
    { numRuns: 100 },
  )
})

test('a long series has rows of both levels, and reads the upper ones', () => {
  const count = chunkPoints * 130 + 17
  const series = {
    steps: Uint32Array.from({ length: count }, (_, at) => at),
    times: Float64Array.from({ length: count }, (_, at) => at),
    values: Float64Array.from({ length: count }, (_, at) => (at % 1_000 === 3 ? Number.NaN : Math.sin(at / 9_000))),
  }
  const database = openStore()
  store(database, series, 10)
  expect(database.prepare('select level, count(*) as rows from pyramid group by level').all()).toEqual([
    { level: 1, rows: 130 },
    { level: 2, rows: 2 },
  ])
  // All of it from two rows, then 2 below and the tail: the 128 rows that they stand for are not needed.
  database.exec('delete from pyramid where level = 1 and no < 128; delete from chunk where no < 128')
  expect(chunkedSource(database, run, key)?.thinned(2, 0, count)).toEqual(memorySource(series).thinned(2, 0, count))
})
