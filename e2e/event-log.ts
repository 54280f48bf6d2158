import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { crc32c, maskedCrc } from '#server/readers/tensorboard/crc32c.ts'

export interface LoggedScalar {
  tag: string
  step: number
  value: number
  /** Seconds since the epoch. */
  time: number
}

/** Writes an event file as torch's `SummaryWriter` does when it is opened at `start`: the version first, then an event a scalar. */
export function writeEventFile(folder: string, start: number, scalars: readonly LoggedScalar[]): void {
  mkdirSync(folder, { recursive: true })
  const version = record(Buffer.concat([double(1, start), bytes(3, Buffer.from('brain.Event:2'))]))
  const events = scalars.map(({ tag, step, value, time }) => {
    const scalar = bytes(1, Buffer.concat([bytes(1, Buffer.from(tag)), float(2, value)]))
    return record(Buffer.concat([double(1, time), Buffer.from([16]), varint(step), bytes(5, scalar)]))
  })
  writeFileSync(path.join(folder, `events.out.tfevents.${start}.node.1.0`), Buffer.concat([version, ...events]))
}

function record(data: Buffer): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(data.length))
  return Buffer.concat([length, crcOf(length), data, crcOf(data)])
}

function crcOf(data: Buffer): Buffer {
  const crc = Buffer.alloc(4)
  crc.writeUInt32LE(maskedCrc(crc32c(data, new DataView(data.buffer, data.byteOffset, data.byteLength), 0, data.length)))
  return crc
}

function varint(value: number): Buffer {
  const all: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) all.push((rest % 128) | 128)
  return Buffer.from([...all, rest])
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([field * 8 + 2]), varint(content.length), content])
}

function double(field: number, value: number): Buffer {
  const buffer = Buffer.alloc(9)
  buffer.writeUInt8(field * 8 + 1)
  buffer.writeDoubleLE(value, 1)
  return buffer
}

function float(field: number, value: number): Buffer {
  const buffer = Buffer.alloc(5)
  buffer.writeUInt8(field * 8 + 5)
  buffer.writeFloatLE(value, 1)
  return buffer
}
