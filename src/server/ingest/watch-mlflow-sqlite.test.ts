import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

import { watchFolder, type WatchedFolder } from '#server/api/test-watch.ts'
import { addPoints, addRun, makeDatabase } from '#server/readers/mlflow-sqlite/test-database.ts'
import { newFolder, runA, runB } from '#server/readers/mlflow/test-tree.ts'

vi.setConfig({ testTimeout: 60_000 })

const open: WatchedFolder[] = []
const databases: DatabaseSync[] = []
afterEach(() => {
  for (const watched of open.splice(0)) watched.close()
  for (const database of databases.splice(0)) if (database.isOpen) database.close()
})

async function watch(root: string, file?: string): Promise<WatchedFolder> {
  const watched = await watchFolder(root, file)
  open.push(watched)
  return watched
}

function newDatabase(mode: string): { root: string; file: string; database: DatabaseSync } {
  const root = newFolder()
  const file = path.join(root, 'mlflow.db')
  const database = makeDatabase(file)
  databases.push(database)
  database.exec(`pragma journal_mode = ${mode}`)
  return { root, file, database }
}

const running = { status: 'RUNNING', end_time: null }

/** The database is not asked again at once after it was. */
const settled = () => new Promise(resolve => setTimeout(resolve, 60))

/** Looks until what is expected holds, which under load takes some looks; fails with what does not hold. */
async function until(watched: WatchedFolder, expected: () => void): Promise<void> {
  for (let more = 60; ; more -= 1) {
    await settled()
    await watched.look()
    try {
      expected()
      return
    } catch (error) {
      if (more === 0) throw error
    }
  }
}

/** The same run as a new home reads it from the database as it is now. */
async function fresh(root: string, id: string) {
  return (await watch(root)).run(id)
}

test.each(['delete', 'wal'])('growth with restarts gives what a new reading gives, with the journal mode %s', async mode => {
  const point = fc.tuple(
    fc.integer({ min: 0, max: 50 }),
    fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(Number.NaN, Infinity, 0.1)),
  )
  const act = fc.oneof(
    { weight: 6, arbitrary: fc.record({ key: fc.constantFrom('loss', 'val/acc'), points: fc.array(point, { maxLength: 30 }) }) },
    ...(['restart', 'param', 'tag', 'finish'] as const).map(name => ({ weight: 1, arbitrary: fc.constant(name) })),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 7 }), async acts => {
      const { root, database } = newDatabase(mode)
      addRun(database, runA, running)
      let watched = await watch(root)
      let time = 2_000
      for (const [no, one] of acts.entries()) {
        if (one === 'restart') {
          watched.close()
          open.splice(open.indexOf(watched), 1)
          watched = await watch(root, watched.file)
        } else if (one === 'param') database.exec(`insert into params values ('p${no}', '${no}', '${runA}')`)
        else if (one === 'tag') database.exec(`insert or replace into tags values ('note', 'note ${no}', '${runA}')`)
        else if (one === 'finish') database.exec(`update runs set status = 'FINISHED', end_time = 5 where run_uuid = '${runA}'`)
        else addPoints(database, runA, one.key, one.points, (time += 1_000))
        await settled()
        await watched.look()
      }
      const wanted = await fresh(root, runA)
      await until(watched, () => expect(watched.run(runA)).toEqual(wanted))
      expect(watched.progress()?.issues).toBe(0)
      for (const made of open.splice(0)) made.close()
      database.close()
    }),
    { numRuns: 12 },
  )
})

test('growth goes through the log, and nothing is asked of a database that did not change', async () => {
  const { root, database } = newDatabase('delete')
  addRun(database, runA, running)
  addPoints(database, runA, 'loss', [[0, 1]])
  const watched = await watch(root)
  for (let step = 1; step <= 4; step += 1) {
    addPoints(database, runA, 'loss', [[step, step]], 1_000 + step)
    await until(watched, () => {
      expect(watched.run(runA).points).toBe(step + 1)
    })
  }
  const store = new DatabaseSync(watched.file, { readOnly: true })
  databases.push(store)
  // The first change has the run read, the others are added to it.
  expect(store.prepare('select count(*) as rows from log').get()).toEqual({ rows: 3 })
  const changes = watched.changes.length
  for (let looks = 0; looks < 3; looks += 1) await settled().then(() => watched.look())
  expect(watched.changes.length).toBe(changes)
})

test('runs, experiments and models come, change, are deleted and go', async () => {
  const { root, file, database } = newDatabase('delete')
  addRun(database, runA)
  const watched = await watch(root)
  addRun(database, runB, running)
  addPoints(database, runB, 'loss', [
    [0, 1],
    [1, 2],
  ])
  await until(watched, () => {
    expect(watched.run(runB)).toMatchObject({ points: 2, status: 'running' })
  })
  database.exec(`update runs set status = 'KILLED', end_time = 9 where run_uuid = '${runB}'`)
  await until(watched, () => {
    expect(watched.run(runB)).toMatchObject({ points: 2, status: 'killed', end: 9 })
  })
  database.exec(`update runs set lifecycle_stage = 'deleted', deleted_time = 5 where run_uuid = '${runB}'`)
  await until(watched, () => {
    expect(watched.run(runB)).toMatchObject({ deletedAt: 5 })
  })

  const third = 'c'.repeat(32)
  database.exec(`insert into experiments (experiment_id, name, lifecycle_stage) values (7, 'seven', 'active');
    insert into logged_models values ('m-1', 7, 'net', '/x', 5, 6, 2, 'active', null, '${third}', null);
    insert into registered_models values ('net', 7, 8, 'the net', 'default')`)
  addRun(database, third, { experiment_id: 7 })
  await until(watched, () => {
    expect(watched.run(third)).toMatchObject({ missing: [false], deletedAt: null })
  })
  const store = new DatabaseSync(watched.file, { readOnly: true })
  databases.push(store)
  const stored = (sql: string) => Object.values(store.prepare(sql).get() ?? {})
  expect(stored(`select name from project where foreign_id = '7'`)).toEqual(['seven'])
  expect(stored(`select name from model`)).toEqual(['net'])
  expect(stored(`select description from registered_model`)).toEqual(['the net'])
  database.exec(`update registered_models set description = 'better', last_updated_time = 9;
    update experiments set name = 'eight', lifecycle_stage = 'deleted' where experiment_id = 7`)
  await until(watched, () => {
    expect(stored(`select description from registered_model`)).toEqual(['better'])
    expect(stored(`select name, deleted from project where foreign_id = '7'`)).toEqual(['eight', 1])
  })

  database.exec(`delete from metrics; delete from runs where run_uuid = '${runB}'`)
  await until(watched, () => {
    expect(watched.run(runB)).toMatchObject({ points: 2, missing: [true] })
  })
  database.close()
  renameSync(file, path.join(root, 'gone'))
  await until(watched, () => {
    expect(watched.run(runA).missing).toEqual([true])
  })
  renameSync(path.join(root, 'gone'), file)
  await until(watched, () => {
    expect(watched.run(runA).missing).toEqual([false])
  })
})

test('a tag that gets another value is seen of a run that goes on', async () => {
  const { root, database } = newDatabase('delete')
  addRun(database, runA, running)
  database.exec(`insert into tags values ('stage', 'one', '${runA}')`)
  const watched = await watch(root)
  database.exec(`update tags set value = 'two'`)
  await until(watched, () => {
    expect(watched.run(runA).tags).toEqual([{ key: 'stage', value: 'two' }])
  })
})

test('rows that were built anew, or taken away, have the run read anew', async () => {
  const { root, file, database } = newDatabase('delete')
  addRun(database, runA, running)
  const points = Array.from({ length: 20 }, (_, step) => [step, step] as [number, number])
  addPoints(database, runA, 'loss', points)
  const watched = await watch(root)
  const agree = async () => {
    const wanted = await fresh(root, runA)
    await until(watched, () => expect(watched.run(runA)).toEqual(wanted))
  }
  addPoints(database, runA, 'acc', points)
  await agree()
  database.exec(`delete from metrics where step < 10`)
  await agree()
  database.exec(
    `create table m as select * from metrics order by step desc; delete from metrics; insert into metrics select * from m; drop table m`,
  )
  addPoints(database, runA, 'new', [[1, 1]])
  await agree()
  database.close()
  // Another database takes its place.
  const other = newDatabase('delete')
  addRun(other.database, runB)
  other.database.close()
  copyFileSync(other.file, `${file}.new`)
  renameSync(`${file}.new`, file)
  await until(watched, () => {
    expect(watched.run(runA).missing).toEqual([true])
    expect(watched.run(runB).missing).toEqual([false])
  })
})

test('what is wrong with a file is told until it is good again', async () => {
  const root = newFolder()
  const file = path.join(root, 'mlflow.db')
  writeFileSync(file, '')
  const watched = await watch(root)
  expect(watched.progress()?.issueList.map(({ reason }) => reason)).toEqual(['is empty: MLflow has written nothing into it yet'])
  rmSync(file)
  const database = makeDatabase(file)
  databases.push(database)
  addRun(database, runA)
  await until(watched, () => {
    expect(watched.run(runA).missing).toEqual([false])
  })
  await until(watched, () => expect(watched.progress()?.issues).toBe(0))
  const bytes = readFileSync(file)
  writeFileSync(file, 'broken')
  await until(watched, () =>
    expect(watched.progress()?.issueList.map(({ reason }) => reason)).toEqual([
      'is not an SQLite database, or is encrypted: give the file that MLflow writes',
    ]),
  )
  expect(watched.run(runA).missing).toEqual([false])
  writeFileSync(file, bytes)
  await until(watched, () => expect(watched.progress()?.issues).toBe(0))
})
