import { appendFileSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

import { watchFolder, type WatchedFolder } from '#server/api/test-watch.ts'
import { event, hparamsValue, scalar, tensorValue, versionEvent, wire, writeFiles } from '#server/readers/tensorboard/test-events.ts'

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

const file = 'events.out.tfevents.1700000000.host'
const now = Math.floor(Date.now() / 1000)

function float64(tag: string, value: number, plugin?: string): Buffer {
  const content = Buffer.alloc(8)
  content.writeDoubleLE(value)
  return tensorValue(tag, [wire.varint(1, 2), wire.bytes(4, content)], plugin)
}

test('growth in any cuts, with restarts and new files, gives what a new reading gives', async () => {
  const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(Number.NaN, Infinity, 0.5))
  const point = fc.record({ tag: fc.constantFrom('loss', 'acc', 'wide'), step: fc.nat(40), value })
  const act = fc.oneof(
    { weight: 8, arbitrary: fc.record({ points: fc.array(point, { maxLength: 30 }), cut: fc.nat(60) }) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
    { weight: 1, arbitrary: fc.constant('file' as const) },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async acts => {
      const root = writeFiles({ [`runs/a/${file}`]: versionEvent })
      let watched = await watch(root)
      let [time, files] = [now - 100, 0]
      let torn: Buffer = Buffer.alloc(0)
      let at = path.join(root, 'runs/a', file)
      let known = false
      for (const one of acts) {
        if (one === 'restart') {
          watched.close()
          open.splice(open.indexOf(watched), 1)
          watched = await watch(root, watched.file)
        } else if (one === 'file') {
          appendFileSync(at, torn)
          torn = versionEvent
          files += 1
          at = path.join(root, 'runs/a', `${file}.${files}`)
          writeFileSync(at, '')
        } else {
          const events = one.points.map(({ tag, step, value: of }) => {
            time += 0.25
            if (tag !== 'wide') return event(time, step, scalar(tag, of))
            // The plugin of a tag stands with its first value alone.
            const first = !known
            known = true
            return event(time, step, float64(tag, of, first ? 'scalars' : undefined))
          })
          const bytes = Buffer.concat([torn, ...events])
          const cut = Math.max(0, bytes.length - one.cut)
          appendFileSync(at, bytes.subarray(0, cut))
          torn = bytes.subarray(cut)
        }
        await watched.look()
      }
      appendFileSync(at, torn)
      await watched.look()
      const wanted = (await watch(root)).run('a')
      expect(watched.run('a')).toEqual(wanted)
      for (const opened of open.splice(0)) opened.close()
    }),
    { numRuns: 25 },
  )
})

test('new runs come at any depth; files that were cut or went away count', async () => {
  const root = writeFiles({ [`runs/a/${file}`]: Buffer.concat([versionEvent, event(now, 1, scalar('loss', 1))]) })
  const runs = path.join(root, 'runs')
  const watched = await watch(root)
  const b = path.join(runs, 'deep/b')
  mkdirSync(b, { recursive: true })
  await watched.look()
  writeFileSync(path.join(b, file), versionEvent)
  await watched.look()
  expect(watched.run('deep/b')).toMatchObject({ points: 0 })
  appendFileSync(path.join(b, file), Buffer.concat([event(now, 1, scalar('loss', 1)), event(now, 2, scalar('loss', 2))]))
  await watched.look()
  expect(watched.run('deep/b').points).toBe(2)
  appendFileSync(path.join(b, file), event(now, 3, hparamsValue('_hparams_/session_end_info', wire.bytes(4, wire.varint(1, 2)))))
  await watched.look()
  expect(watched.run('deep/b')).toMatchObject({ points: 2 })
  truncateSync(path.join(b, file), versionEvent.length)
  await watched.look()
  expect(watched.run('deep/b').points).toBe(0)
  rmSync(b, { recursive: true })
  await watched.look()
  expect(watched.run('deep/b').missing).toEqual([true])
})

test('an mlruns tree that comes into a logdir is not taken for runs', async () => {
  const root = writeFiles({ [`runs/a/${file}`]: Buffer.concat([versionEvent, event(now, 1, scalar('loss', 1))]) })
  const watched = await watch(root)
  const artifacts = path.join(root, 'runs/mlruns/1', 'a'.repeat(32), 'artifacts/tb')
  mkdirSync(artifacts, { recursive: true })
  writeFileSync(path.join(artifacts, file), versionEvent)
  await watched.look()
  await watched.look()
  expect(watched.progress()?.runs).toBe(1)
})

test('bad bytes are told until the file is good again', async () => {
  const good = Buffer.concat([versionEvent, event(now, 1, scalar('loss', 1))])
  const root = writeFiles({ [`runs/a/${file}`]: good })
  const at = path.join(root, 'runs/a', file)
  const watched = await watch(root)
  const issues = async () => {
    await watched.look()
    return watched.progress()?.issueList.map(({ path: of }) => path.relative(root, of))
  }
  appendFileSync(at, event(now, 2, scalar('loss', 2)))
  await watched.look()
  appendFileSync(at, Buffer.alloc(40, 7))
  await expect.poll(issues).toEqual([`runs/a/${file}`])
  appendFileSync(at, Buffer.alloc(40, 7))
  await expect.poll(issues).toEqual([`runs/a/${file}`])
  expect(watched.run('a').points).toBe(2)
  writeFileSync(at, good)
  await expect.poll(issues).toEqual([])
  expect(watched.run('a').points).toBe(1)
})
