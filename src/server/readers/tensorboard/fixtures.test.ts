import path from 'node:path'

import { expect, test } from 'vitest'

import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { EventDecoder } from './event-decoder.ts'
import { readEvents } from './read-events.ts'
import { listRunFiles } from './run-files.ts'
import { RunSink } from './run-sink.ts'
import { TagTable } from './tag-table.ts'
import { tensorboardReader } from './tensorboard-reader.ts'

const fixture = path.join(import.meta.dirname, 'fixtures', 'tensorboardx')
const parts = ['curves', 'curves/pair/a', 'curves/pair/b', 'media', 'restarted', 'tuned', 'tuned/1760000000.3333333']

/** One record a line, numbers that JSON has no form for as words; fingerprints and absolute paths differ from machine to machine. */
function golden(root: string, records: readonly (SourceRecord | UnchangedRecord)[]): string {
  const line = (record: SourceRecord | UnchangedRecord) =>
    JSON.stringify(record, (key, value: unknown) => {
      if (key === 'fingerprint') return value === '' ? '' : 'fingerprint'
      if (typeof value === 'bigint') return `${value}n`
      if (value instanceof Float64Array || value instanceof BigInt64Array) return [...value]
      if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return Object.is(value, -0) ? '-0' : String(value)
      return typeof value === 'string' && value.startsWith(root) ? path.relative(root, value) : value
    })
  return `[\n${records.map(line).join(',\n')}\n]\n`
}

/** Logged by tensorboardX 2.6.5 with `e2e/clients/log_events.py`, shortened and at a fixed time. */
test('what tensorboardX logs', async () => {
  const root = path.join(fixture, 'runs')
  const source = { ...tensorboardReader.describe(root), name: 'runs', parts }
  const records = [...tensorboardReader.read(source, { known: () => undefined, copies: '' })]
  await expect(golden(root, records)).toMatchFileSnapshot(path.join(fixture, 'expected.json'))
})

test('values that are no scalars are counted by kind, and are no fault', () => {
  const sink = new RunSink(Infinity, reason => expect.unreachable(reason))
  const hooks = { fault: (_: unknown, reason: string) => expect.unreachable(reason), gone: () => {}, block: () => {}, full: () => false }
  const { events } = listRunFiles(path.join(fixture, 'runs', 'media'))
  for (const _ of readEvents(events, new EventDecoder(new TagTable(), sink), hooks));
  expect(Object.fromEntries(sink.others)).toEqual({ text: 3, histogram: 3, image: 3, 'pr-curve': 3 })
  expect(sink.points).toBe(6)
})
