import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll } from 'vitest'

import type { UnchangedRecord } from '#server/readers/reader.ts'
import type { IssueRecord, PointsRecord, RunRecord, SourceRecord } from '#server/readers/record.ts'

import { crc32c, maskedCrc } from './crc32c.ts'

/** Protobuf fields for tests, by number. */
export const wire = {
  varint: (field: number, value: number | bigint) => Buffer.concat([varint(field * 8), varint(value)]),
  double: (field: number, value: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleLE(value)
    return Buffer.concat([varint(field * 8 + 1), bytes])
  },
  float: (field: number, value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeFloatLE(value)
    return Buffer.concat([varint(field * 8 + 5), bytes])
  },
  bytes: (field: number, ...parts: (Buffer | string)[]) => {
    const content = Buffer.concat(parts.map(part => Buffer.from(part)))
    return Buffer.concat([varint(field * 8 + 2), varint(content.length), content])
  },
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return Buffer.from([...bytes, Number(rest)])
}

/** A `Summary.Value` with a float32, as TensorFlow 1 and PyTorch write it. */
export function scalar(tag: string, value: number): Buffer {
  return wire.bytes(1, wire.bytes(1, tag), wire.float(2, value))
}

/** A `Summary.Value` with a tensor of these fields, and the plugin where it is the first of its tag. */
export function tensorValue(tag: string, tensor: Buffer[], plugin?: string, content = ''): Buffer {
  const metadata = plugin === undefined ? [] : [wire.bytes(9, wire.bytes(1, wire.bytes(1, plugin), wire.bytes(2, content)))]
  return wire.bytes(1, wire.bytes(1, tag), ...metadata, wire.bytes(8, ...tensor))
}

/** A value of the plugin `hparams`, which has no value field. */
export function hparamsValue(tag: string, content: Buffer): Buffer {
  return wire.bytes(1, wire.bytes(1, tag), wire.bytes(9, wire.bytes(1, wire.bytes(1, 'hparams'), wire.bytes(2, content))))
}

/** An `Event` with a summary; the step is left out where it is 0, as protobuf 3 does. */
export function event(time: number, step: number | bigint, ...values: Buffer[]): Buffer {
  const fields = [wire.double(1, time), ...(step === 0 ? [] : [wire.varint(2, step)])]
  return record(Buffer.concat([...fields, ...(values.length > 0 ? [wire.bytes(5, ...values)] : [])]))
}

/** The first event of each file. */
export const versionEvent = record(Buffer.concat([wire.double(1, 1_700_000_000), wire.bytes(3, 'brain.Event:2')]))

/** A TFRecord. */
export function record(data: Buffer): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(data.length))
  return Buffer.concat([length, crcOf(length), data, crcOf(data)])
}

function crcOf(data: Buffer): Buffer {
  const crc = Buffer.alloc(4)
  crc.writeUInt32LE(maskedCrc(crc32c(data, new DataView(data.buffer, data.byteOffset, data.byteLength), 0, data.length)))
  return crc
}

const made: string[] = []
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Writes files below a new folder, removed when the tests of the file that asked for it have ended. */
export function writeFiles(files: Record<string, Buffer | string>): string {
  const root = mkdtempSync(path.join(tmpdir(), 'readout-events-'))
  made.push(root)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), content)
  }
  return root
}

/** What a reading gave, by type; points as `[step, time, value]` by tag, paths of issues relative to `root`. */
export function gathered(root: string, records: Iterable<SourceRecord | UnchangedRecord>) {
  const all = [...records]
  const of = (type: (SourceRecord | UnchangedRecord)['type']) => all.filter(found => found.type === type)
  const points: Record<string, [number | bigint, number, number][]> = {}
  for (const { series } of of('points') as PointsRecord[]) {
    const list = (points[series.key] ??= [])
    for (const [at, value] of series.values.entries()) list.push([series.steps[at] ?? 0, series.times[at] ?? 0, value])
  }
  return {
    records: all,
    runs: of('run') as RunRecord[],
    parts: of('points') as PointsRecord[],
    points,
    issues: (of('issue') as IssueRecord[]).map(issue => [path.relative(root, issue.path), issue.reason]),
  }
}
