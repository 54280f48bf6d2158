import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

import { watchFolder, type WatchedFolder } from '#server/api/test-watch.ts'
import { experimentMeta, newFolder, oneRun, runA, runB, runMeta, writeTree } from '#server/readers/mlflow/test-tree.ts'

vi.setConfig({ testTimeout: 60_000 })

const open: WatchedFolder[] = []
afterEach(() => {
  for (const watched of open.splice(0)) watched.close()
})

async function watch(root: string, file?: string): Promise<WatchedFolder> {
  const watched = await watchFolder(root, file)
  open.push(watched)
  return watched
}

/** The counts as they are told, which is not at once after each look. */
async function counts(watched: WatchedFolder) {
  await watched.look()
  return watched.progress()
}

const running = { status: '1', end_time: 'null' }

/** The same run as a new home reads it from the files as they are now. */
async function fresh(root: string, id: string) {
  return (await watch(root)).run(id)
}

test('growth in any cuts, with restarts, gives what a new reading gives', async () => {
  const point = fc.tuple(
    fc.integer({ min: 0, max: 50 }),
    fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom('nan', 'inf', '0.1', '1e300')),
  )
  const act = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ file: fc.constantFrom('loss', 'val/acc', 'lr'), points: fc.array(point, { maxLength: 40 }), cut: fc.nat(8) }),
    },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
    { weight: 1, arbitrary: fc.constant('param' as const) },
    { weight: 1, arbitrary: fc.constant('tag' as const) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async acts => {
      const root = writeTree(oneRun({ 'metrics/loss': '1000 1 0\n' }, running), newFolder())
      const run = path.join(root, '1', runA)
      let watched = await watch(root)
      let time = 2_000
      const torn = new Map<string, string>()
      for (const [no, one] of acts.entries()) {
        if (one === 'restart') {
          watched.close()
          open.splice(open.indexOf(watched), 1)
          watched = await watch(root, watched.file)
        } else if (one === 'param') writeTree({ [`params/p${no}`]: String(no) }, run)
        else if (one === 'tag') writeTree({ 'tags/note': `note ${no}` }, run)
        else {
          const lines = one.points.map(([step, value]) => `${(time += 7)} ${value} ${step}\n`).join('')
          const text = (torn.get(one.file) ?? '') + lines
          const cut = Math.max(0, text.length - one.cut)
          mkdirSync(path.dirname(path.join(run, 'metrics', one.file)), { recursive: true })
          appendFileSync(path.join(run, 'metrics', one.file), text.slice(0, cut))
          torn.set(one.file, text.slice(cut))
        }
        await watched.look()
      }
      for (const [file, rest] of torn) appendFileSync(path.join(run, 'metrics', file), rest)
      await watched.look()
      writeTree({ 'meta.yaml': runMeta('1', runA) }, run)
      await watched.look()
      await watched.look()
      const [is, wanted] = [watched.run(runA), await fresh(root, runA)]
      expect(is).toEqual(wanted)
      await expect.poll(() => counts(watched)).toMatchObject({ runs: 1, points: wanted.points, issues: open.at(-1)?.progress()?.issues })
      for (const one of open.splice(0)) one.close()
    }),
    { numRuns: 25 },
  )
})

test('growth goes through the log, and a line without its end waits', async () => {
  const root = writeTree(oneRun({ 'metrics/loss': '1000 1 0\n' }, running))
  const watched = await watch(root)
  const metric = path.join(root, '1', runA, 'metrics/loss')
  for (let step = 1; step <= 4; step += 1) {
    appendFileSync(metric, `${1_000 + step} ${step} `)
    await watched.look()
    expect(watched.run(runA).points).toBe(step)
    appendFileSync(metric, `${step}\n`)
    await watched.look()
    expect(watched.run(runA).points).toBe(step + 1)
  }
  const database = new DatabaseSync(watched.file, { readOnly: true })
  // The first change has the run read, the others are added to it.
  expect(database.prepare('select count(*) as rows from log').get()).toEqual({ rows: 4 })
  database.close()
})

test('new runs and experiments come, and deleted, moved and vanished ones change', async () => {
  const root = writeTree(oneRun({ 'metrics/loss': '1000 1 0\n' }))
  const watched = await watch(root)
  mkdirSync(path.join(root, '1', runB))
  await watched.look()
  writeTree({ [`1/${runB}/meta.yaml`]: runMeta('1', runB, running), [`1/${runB}/metrics/loss`]: '1 1 1\n2 2 2\n' }, root)
  await watched.look()
  expect(watched.run(runB)).toMatchObject({ points: 2, status: 'running' })
  writeTree({ [`1/${runB}/meta.yaml`]: runMeta('1', runB) }, root)
  await watched.look()
  expect(watched.run(runB)).toMatchObject({ points: 2, status: 'finished' })
  writeTree({ [`1/${runB}/meta.yaml`]: runMeta('1', runB, { lifecycle_stage: 'deleted', deleted_time: '5' }) }, root)
  await watched.look()
  expect(watched.run(runB)).toMatchObject({ points: 2, deletedAt: 5 })

  const third = 'c'.repeat(32)
  writeTree(
    { '7/meta.yaml': experimentMeta('7'), [`7/${third}/meta.yaml`]: runMeta('7', third), [`7/${third}/metrics/m`]: '1 1 1\n' },
    root,
  )
  await watched.look()
  expect(watched.run(third).points).toBe(1)
  mkdirSync(path.join(root, '.trash'))
  renameSync(path.join(root, '7'), path.join(root, '.trash/7'))
  await watched.look()
  expect(watched.run(third)).toMatchObject({ points: 1, deletedAt: 0, missing: [false] })
  renameSync(path.join(root, '.trash/7'), path.join(root, '7'))
  await watched.look()
  expect(watched.run(third)).toMatchObject({ points: 1, deletedAt: null, missing: [false] })

  rmSync(path.join(root, '1', runB), { recursive: true })
  await watched.look()
  expect(watched.run(runB)).toMatchObject({ points: 2, missing: [true] })
  await expect.poll(() => counts(watched)).toMatchObject({ runs: 3, points: 4 })
})

test('files that were cut, replaced or removed have their run read anew', async () => {
  const root = writeTree(oneRun({ 'metrics/loss': '1000 1 0\n', 'metrics/acc': '1000 1 0\n' }, running))
  const watched = await watch(root)
  const run = path.join(root, '1', runA)
  const loss = path.join(run, 'metrics/loss')
  const agree = async () => {
    await watched.look()
    expect(watched.run(runA)).toEqual(await fresh(root, runA))
  }
  appendFileSync(loss, '1001 2 1\n1002 3 2\n')
  await agree()
  truncateSync(loss, 9)
  await agree()
  writeFileSync(`${loss}.new`, '1 7 7\n2 8 8\n3 9 9\n4 1 1\n')
  renameSync(`${loss}.new`, loss)
  await agree()
  writeFileSync(loss, '1 7 8\n2 8 9\n3 9 9\n4 1 1\n5 5 5\n')
  await agree()
  rmSync(path.join(run, 'metrics/acc'))
  await agree()
  rmSync(path.join(run, 'meta.yaml'))
  await watched.look()
  expect(watched.run(runA).missing).toEqual([true])
})

test('a bad line is told until the file is good again, and stops nothing', async () => {
  const root = writeTree({
    ...oneRun({ 'metrics/loss': '1000 1 0\n' }, running),
    [`1/${runB}/meta.yaml`]: runMeta('1', runB, running),
    [`1/${runB}/metrics/loss`]: '1 x 1\n',
  })
  const watched = await watch(root)
  const loss = path.join(root, '1', runA, 'metrics/loss')
  const reasons = async () => (await counts(watched))?.issueList.map(({ path: file, line }) => [path.relative(root, file), line])
  await expect.poll(reasons).toEqual([[`1/${runB}/metrics/loss`, 1]])
  appendFileSync(loss, '1001 2 1\n1002 oh 2\n1003 4 3\n')
  await watched.look()
  appendFileSync(loss, '1004 5 4\n')
  await watched.look()
  expect(watched.run(runA).points).toBe(4)
  await expect.poll(reasons).toEqual([
    [`1/${runB}/metrics/loss`, 1],
    [`1/${runA}/metrics/loss`, 3],
  ])
  writeFileSync(loss, '1000 1 0\n')
  await watched.look()
  await expect.poll(reasons).toEqual([[`1/${runB}/metrics/loss`, 1]])
  writeFileSync(path.join(root, '1', runB, 'metrics/loss'), '1 1 1\n2 2 2\n')
  await expect.poll(reasons).toEqual([])
  expect(watched.run(runB).points).toBe(2)
})
