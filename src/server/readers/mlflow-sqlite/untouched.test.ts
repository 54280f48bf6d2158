import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { expect, test, vi } from 'vitest'

import { newFolder, runA, runB } from '#server/readers/mlflow/test-tree.ts'

import { mlflowSqliteReader } from './mlflow-sqlite-reader.ts'
import { addPoints, addRun, foreignDatabase, makeDatabase, readDatabase, writeDatabase } from './test-database.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Names and bytes of all that lies in a folder. */
function contents(folder: string): [string, string][] {
  return readdirSync(folder)
    .sort()
    .map(name => [name, readFileSync(path.join(folder, name)).toString('base64')])
}

/** Reads without leaving copies beside the database. */
function readInto(file: string, copies: string) {
  const records = [...mlflowSqliteReader.read(mlflowSqliteReader.describe(file), { known: () => undefined, copies })]
  return records.flatMap(record => (record.type === 'run' ? [[record.foreignId, record.series.flatMap(series => series.values)]] : []))
}

test.each(['delete', 'wal', 'truncate', 'persist'])(
  'a database open elsewhere is read and left as it is, with the journal mode %s',
  mode => {
    const folder = newFolder()
    const copies = path.join(newFolder(), 'copies')
    const file = path.join(folder, 'mlflow.db')
    const database = makeDatabase(file)
    database.exec(`pragma journal_mode = ${mode}`)
    addRun(database, runA)
    addPoints(database, runA, 'loss', [[0, 0.5]])
    for (const mutable of [true, false]) {
      chmodSync(folder, mutable ? 0o755 : 0o555)
      const before = contents(folder)
      expect(readInto(file, copies)).toEqual([[runA, [0.5]]])
      expect(contents(folder)).toEqual(before)
    }
    chmodSync(folder, 0o755)
    expect(readdirSync(path.dirname(copies)).flatMap(name => readdirSync(path.join(path.dirname(copies), name)))).toEqual([])
    database.close()
  },
)

test('a transaction that goes on, and one that a crash left behind, are not seen', () => {
  const folder = newFolder()
  const file = path.join(folder, 'mlflow.db')
  const database = makeDatabase(file)
  addRun(database, runA)
  addPoints(database, runA, 'loss', [[0, 0.5]])
  // So small a cache is spilled into the file before the end of the transaction.
  database.exec('pragma cache_size = 1; begin exclusive')
  addRun(database, runB)
  addPoints(
    database,
    runA,
    'loss',
    Array.from({ length: 5_000 }, (_, step) => [step, 7] as [number, number]),
    9_000,
  )
  const before = contents(folder)
  expect(before.map(([name]) => name)).toEqual(['mlflow.db', 'mlflow.db-journal'])
  expect(readInto(file, path.join(newFolder(), 'copies'))).toEqual([[runA, [0.5]]])
  expect(contents(folder)).toEqual(before)
  const left = newFolder()
  for (const [name] of before) copyFileSync(path.join(folder, name), path.join(left, name))
  expect(readInto(path.join(left, 'mlflow.db'), path.join(newFolder(), 'copies'))).toEqual([[runA, [0.5]]])
  expect(contents(left)).toEqual(before)
  database.exec('commit')
  database.close()
  expect(readInto(file, '').length).toBe(2)
})

test.each(['delete', 'wal'])('what another process writes all the time is read without a gap, with the journal mode %s', async mode => {
  const folder = newFolder()
  const file = path.join(folder, 'mlflow.db')
  const database = makeDatabase(file)
  database.exec(`pragma journal_mode = ${mode}`)
  for (const run of [runA, runB]) addRun(database, run, { status: 'RUNNING' })
  database.close()
  const script = path.join(folder, 'write.mjs')
  writeFileSync(
    script,
    `import { DatabaseSync } from 'node:sqlite'
     const database = new DatabaseSync(${JSON.stringify(file)}, { timeout: 5000 })
     const insert = database.prepare('insert into metrics values (?, ?, ?, ?, ?, 0)')
     for (let step = 0; step < 600; step += 1) {
       database.exec('begin')
       for (const run of ['${runA}', '${runB}']) for (const key of ['a', 'b', 'c']) insert.run(key, step, step, run, step)
       database.exec('commit')
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
     }`,
  )
  const child = spawn(process.execPath, ['--no-warnings', pathToFileURL(script).pathname], { stdio: 'inherit' })
  const ended = new Promise<number | null>(resolve => child.on('exit', resolve))
  const copies = path.join(newFolder(), 'copies')
  let last = -1
  const writer = { ended: false }
  void ended.then(() => (writer.ended = true))
  let seen = 0
  while (!writer.ended) {
    const records = [...mlflowSqliteReader.read(mlflowSqliteReader.describe(file), { known: () => undefined, copies })]
    const runs = records.flatMap(record => (record.type === 'run' ? [record] : []))
    expect(records.filter(record => record.type === 'issue')).toEqual([])
    for (const { series } of runs) {
      const steps = series.map(found => found.steps.length)
      expect(new Set(steps).size).toBeLessThanOrEqual(1)
      for (const found of series) expect(found.steps).toEqual(Array.from({ length: found.steps.length }, (_, step) => step))
      last = Math.max(last, ...steps)
    }
    seen += 1
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  expect(await ended).toBe(0)
  expect(seen).toBeGreaterThan(3)
  expect(readDatabase(file).runs.map(run => run.series.map(series => series.values.length))).toEqual([
    [600, 600, 600],
    [600, 600, 600],
  ])
})

/** A database of some size with twenty runs. */
function sizeable(file: string): void {
  const database = makeDatabase(file)
  database.exec('begin')
  for (let no = 0; no < 20; no += 1) {
    const run = no.toString(16).padStart(32, '0')
    addRun(database, run)
    addPoints(
      database,
      run,
      'loss',
      Array.from({ length: 500 }, (_, step) => [step, step] as [number, number]),
    )
  }
  database.exec('commit')
  database.close()
}

test('a damaged page costs the runs in it, not the others', () => {
  const file = path.join(newFolder(), 'mlflow.db')
  sizeable(file)
  const bytes = readFileSync(file)
  // Leaves of the metrics: a page that begins so (file format, 1.6) far behind those of the small tables.
  const at = Array.from({ length: bytes.length / 4096 }, (_, page) => page * 4096).filter(
    start => start > bytes.length / 2 && bytes[start] === 13,
  )
  bytes.fill(0xff, at[0], (at[0] ?? 0) + 4096)
  writeFileSync(file, bytes)
  const { runs, issues } = readDatabase(file)
  expect(issues.length).toBeGreaterThan(0)
  expect(runs.length).toBeGreaterThan(10)
  expect(runs.length + issues.length).toBe(20)
  expect(issues[0]).toMatch(/^the run [0-9a-f]{32} could not be read: the file is damaged \(.*\): restore it from a backup/)
  const lost = Array.from({ length: 20 }, (_, no) => no.toString(16).padStart(32, '0')).filter(
    id => !runs.some(run => run.foreignId === id),
  )
  // What was read of them before stays.
  expect(readDatabase(file, new Map(lost.map(id => [id, 'before']))).unchanged.map(({ foreignId }) => foreignId)).toEqual(lost)
})

test('a file that cannot be read says why and what to do', () => {
  const folder = newFolder()
  const file = path.join(folder, 'mlflow.db')
  const reasonOf = (bytes: Uint8Array | string): string => {
    writeFileSync(file, bytes)
    try {
      return readDatabase(file).issues.join('\n')
    } catch (error) {
      return `failed: ${error instanceof Error ? error.message : String(error)}`
    }
  }
  expect(reasonOf('')).toBe('is empty: MLflow has written nothing into it yet')
  expect(reasonOf('id,name\n1,x\n')).toBe('failed: is not an SQLite database, or is encrypted: give the file that MLflow writes')
  expect(reasonOf(Buffer.alloc(8192, 7))).toBe('failed: is not an SQLite database, or is encrypted: give the file that MLflow writes')
  expect(reasonOf(foreignDatabase())).toBe('failed: is an SQLite database of another program (its tables: songs), not of MLflow')
  expect(reasonOf(writeDatabase([runA]).subarray(0, 9_000))).toMatch(/^failed: is damaged \(database disk image is malformed\): restore it/)
  rmSync(file)
  sizeable(file)
  truncateSync(file, 8_192)
  expect(mlflowSqliteReader.describe(file).marks).toEqual([])
  mkdirSync(path.join(folder, 'folder.db'))
  expect(mlflowSqliteReader.files?.kind(path.join(folder, 'folder.db'))).toEqual({ reason: 'is not a regular file', isNamedSo: false })
})
