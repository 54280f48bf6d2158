import path from 'node:path'

import { expect, test } from 'vitest'

import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

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
  const records = [...tensorboardReader.read(source, { known: () => undefined })]
  await expect(golden(root, records)).toMatchFileSnapshot(path.join(fixture, 'expected.json'))
})
