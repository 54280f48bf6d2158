import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { afterEach, beforeEach, expect, test } from 'vitest'

import { openForReading, openForWriting, snapshot, transaction } from './database.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'readout-db-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('commits are durable and a second opening finds them', () => {
  const file = path.join(folder, 'readout.db')
  const first = openForWriting(file)
  expect(first.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
  expect(first.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 })
  transaction(first, () => first.prepare("insert into key (kind, name) values ('metric', 'loss')").run())
  expect(() =>
    transaction(first, () => {
      first.prepare("insert into key (kind, name) values ('metric', 'acc')").run()
      throw new Error('half way')
    }),
  ).toThrow('half way')
  first.close()
  const second = openForReading(file)
  expect(second.prepare('select name from key').all()).toEqual([{ name: 'loss' }])
  expect(() => second.exec('delete from key')).toThrow(/readonly/)
  second.close()
})

test('a newer home is refused and left as it is', () => {
  const file = path.join(folder, 'readout.db')
  openForWriting(file).close()
  const newer = new DatabaseSync(file)
  newer.exec('pragma user_version = 99; pragma journal_mode = delete')
  newer.close()
  const before = readFileSync(file)
  expect(() => openForWriting(file)).toThrow(/written by a newer Readout \(layout 99/)
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a database or file that is not ours is refused', () => {
  const foreign = path.join(folder, 'mlflow.db')
  const database = new DatabaseSync(foreign)
  database.exec('create table runs (run_uuid text)')
  database.close()
  expect(() => openForWriting(foreign)).toThrow(/is not a Readout database/)
  const garbage = path.join(folder, 'garbage.db')
  writeFileSync(garbage, 'x'.repeat(10_000))
  expect(() => openForWriting(garbage)).toThrow(/not a database/)
})

test('a full disk refuses what does not fit as unavailable, and the store goes on', () => {
  const database = openForWriting(path.join(folder, 'readout.db'))
  const pages = Number(database.prepare('pragma page_count').get()?.['page_count'])
  database.exec(`pragma max_page_count = ${pages + 5}`)
  const insert = (bytes: number) =>
    transaction(database, () => database.prepare('insert into page values (1, 0, ?, 0)').run(new Uint8Array(bytes)))
  expect(() => insert(1_000_000)).toThrow(expect.objectContaining({ kind: 'unavailable' }))
  expect(database.prepare('select count(*) as rows from page').get()).toEqual({ rows: 0 })
  insert(1_000)
  database.close()
})

test('a snapshot does not see what is committed while it reads', () => {
  const file = path.join(folder, 'readout.db')
  const writing = openForWriting(file)
  const reading = openForReading(file)
  const add = () => writing.prepare("insert into issue values (1, 'a', 1, 'b')").run()
  const rows = () => reading.prepare('select count(*) as rows from issue').get()?.['rows']
  snapshot(reading, () => {
    expect(rows()).toBe(0)
    add()
    expect(rows()).toBe(0)
  })
  expect(rows()).toBe(1)
  expect(() =>
    snapshot(reading, () => {
      throw new Error('not there')
    }),
  ).toThrow('not there')
  add()
  expect(rows()).toBe(2)
  writing.close()
  reading.close()
})
