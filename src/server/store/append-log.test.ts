import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { LogWriter } from './append-log.ts'
import { openForWriting } from './database.ts'
import { KeyNumbers } from './keys.ts'
import { metricReader } from './metric-row.ts'
import { joinBlocks } from './page.ts'
import { encodeBlock } from './points.ts'
import { migrations } from './schema.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'readout-append-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A home of the first layout, whose metrics do not hold the time of their first point. */
function oldHome(): string {
  const file = path.join(folder, 'readout.db')
  const database = new DatabaseSync(file)
  database.exec(migrations[0] ?? '')
  database.exec('pragma application_id = 1380208468; pragma user_version = 1')
  database.exec(`insert into run (id, project, foreign_id, name, status, kind, user, host, git_commit, command, parent, points, digest, detail)
    values ('r1', 1, 'r1', '', 'running', '', '', '', '', '', '', 2, '', '{}')`)
  database.exec("insert into key (kind, name) values ('metric', 'loss')")
  database.exec("insert into run_keys values (1, x'01000000', x'')")
  database.exec('insert into metric values (1, 1, 1, 2, 0, 0, 0, 5.0, 3, 6.0, 4, 20.0, 5.0, 3, 6.0, 4, 11.0, 61.0, 1)')
  const bytes = encodeBlock({ steps: Uint32Array.of(3, 4), times: Float64Array.of(10, 20), values: Float64Array.of(5, 6) })
  database.prepare('insert into page values (1, 0, ?)').run(joinBlocks([{ key: 1, points: 2, bytes }]))
  database.close()
  return file
}

test('a metric of an older home goes on: the time of its first point is found in its points', () => {
  for (const [time, first] of [
    [9, 7],
    [10, 5],
    [11, 5],
  ] as const) {
    const file = oldHome()
    const database = openForWriting(file)
    const keys = new KeyNumbers(database)
    const log = new LogWriter(database, keys)
    const point = { key: 'loss', steps: Uint32Array.of(3), times: Float64Array.of(time), values: Float64Array.of(7) }
    expect(log.append({ run: 1, hash: 'h', at: 1, series: [point] })).toEqual({
      sequence: 1,
      repeated: false,
      project: 1,
      points: 1,
      keys: 1,
    })
    log.flush()
    expect(metricReader(database)(1, 1, 1)).toMatchObject({
      count: 3,
      first,
      firstStep: 3,
      firstTime: Math.min(time, 10),
      last: 6,
      sorted: false,
    })
    database.close()
    rmSync(file)
  }
})

test('a sequence is not given again when its row has gone', () => {
  const database = openForWriting(oldHome())
  const log = new LogWriter(database, new KeyNumbers(database))
  const append = (hash: string) => {
    const { sequence } = log.append({
      run: 1,
      hash,
      at: 1,
      series: [{ key: 'loss', steps: Uint32Array.of(1), times: Float64Array.of(1), values: Float64Array.of(1) }],
    })
    log.flush()
    return sequence
  }
  expect(append('a')).toBe(1)
  database.exec('delete from log')
  expect(append('b')).toBe(2)
  database.close()
})

test('a key that comes twice in a request is one series', () => {
  const database = openForWriting(oldHome())
  const log = new LogWriter(database, new KeyNumbers(database))
  const part = (step: number) => ({ key: 'acc', steps: Uint32Array.of(step), times: Float64Array.of(1), values: Float64Array.of(step) })
  log.append({ run: 1, hash: 'a', at: 1, series: [part(1), { ...part(5), key: 'loss' }, part(2)] })
  log.flush()
  expect(metricReader(database)(1, 2, 1)).toMatchObject({ count: 2, first: 1, last: 2, sorted: true })
  expect(database.prepare('select hex(metrics) as keys from run_keys').get()).toEqual({ keys: '0100000002000000' })
  database.close()
})
