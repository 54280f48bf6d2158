import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { addMedia, storedMedia, type MediaIndex } from './media.ts'
import { migrations } from './schema.ts'

function part(steps: bigint[], name: string, items = 1): MediaIndex {
  return {
    kind: 'image',
    tag: 'a/ü',
    steps: BigInt64Array.from(steps),
    times: Float64Array.from(steps, Number),
    offsets: Float64Array.from(steps, step => Number(step) * 10),
    files: Uint32Array.from(steps, () => 0),
    names: [name],
    items,
  }
}

test('what is added in parts comes back as one, in its order, of one run alone', () => {
  const database = new DatabaseSync(':memory:')
  for (const migration of migrations) database.exec(migration)
  const steps = Array.from({ length: 1_300 }, (_, at) => BigInt(at))
  for (let at = 0; at < steps.length; at += 100)
    addMedia(database, 1, [part(steps.slice(at, at + 100), at < 700 ? 'first' : 'second', at + 1)])
  addMedia(database, 2, [part([-(2n ** 63n)], 'other')])
  expect(Number(database.prepare('select count(*) as n from media where run = 1').get()?.['n'])).toBe(3)
  const [stored, ...more] = storedMedia(database, 1)
  expect(more).toEqual([])
  expect([...(stored?.steps ?? [])]).toEqual(steps)
  expect([...(stored?.offsets ?? [])]).toEqual(steps.map(step => Number(step) * 10))
  expect([stored?.names, stored?.items]).toEqual([['first', 'second'], 1_201])
  expect([stored?.files[699], stored?.files[700]]).toEqual([0, 1])
  expect(storedMedia(database, 2, { kind: 'image', tag: 'a/ü' })[0]?.steps[0]).toBe(-(2n ** 63n))
  expect(storedMedia(database, 2, { kind: 'text', tag: 'a/ü' })).toEqual([])
  database.close()
})
