import path from 'node:path'

import { expect, test } from 'vitest'

import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { mlflowReader } from './mlflow-reader.ts'

const fixtures = path.join(import.meta.dirname, 'fixtures')

/** One record a line; what differs from machine to machine, times of files and absolute paths, is left out. */
function golden(root: string, records: readonly (SourceRecord | UnchangedRecord)[]): string {
  const line = (record: SourceRecord | UnchangedRecord) =>
    JSON.stringify(record, (key, value: unknown) => {
      if (key === 'fingerprint') return value === '' ? '' : 'fingerprint'
      if (typeof value === 'bigint') return `${value}n`
      if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) return Object.is(value, -0) ? '-0' : String(value)
      return typeof value === 'string' && value.startsWith(root) ? path.relative(root, value) : value
    })
  return `[\n${records.map(line).join(',\n')}\n]\n`
}

/** Logged by the real clients (2.13 and 3.11): artifacts are left out but for a few. */
test.each(['mlflow-2.13', 'mlflow-3.11'])('%s', async name => {
  const root = path.join(fixtures, name, 'mlruns')
  const records = [...mlflowReader.read(mlflowReader.describe(root), { known: () => undefined, copies: '' })]
  await expect(golden(root, records)).toMatchFileSnapshot(path.join(fixtures, name, 'expected.json'))
})
