import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'

import { crc32c, maskedCrc } from '#server/readers/tensorboard/crc32c.ts'

import { seeded } from './random.ts'

const blockBytes = 4 * 1024 * 1024
const start = 1_700_000_000
const tags = ['train/loss', 'train/acc', 'train/grad_norm', 'lr', 'val/loss', 'val/acc', 'time/data', 'time/step', 'gpu/mem', 'epoch']

/** Writes event files as PyTorch does, an event a scalar; the same arguments give the same bytes. Returns the number of points. */
export function makeEvents(directory: string, { runs, steps }: { runs: number; steps: number }): number {
  for (let run = 0; run < runs; run += 1) writeRun(path.join(directory, `run-${run}`), run, steps)
  return runs * steps * tags.length
}

function writeRun(folder: string, run: number, steps: number): void {
  mkdirSync(folder, { recursive: true })
  const random = seeded(run + 1)
  const file = openSync(path.join(folder, `events.out.tfevents.${start}.bench.${run}.0`), 'w')
  const block = Buffer.alloc(blockBytes)
  const view = new DataView(block.buffer, block.byteOffset)
  const names = tags.map(tag => Buffer.from(tag))
  let end = 0
  for (let step = 0; step < steps; step += 1) {
    for (const name of names) {
      if (blockBytes - end < 256) {
        writeSync(file, block, 0, end)
        end = 0
      }
      end = writeEvent(block, view, end, start + step * 0.25, step, name, random())
    }
  }
  writeSync(file, block, 0, end)
  closeSync(file)
}

/** One TFRecord with an event of one scalar; returns where it ends. */
function writeEvent(bytes: Buffer, view: DataView, from: number, time: number, step: number, tag: Buffer, value: number): number {
  const data = from + 12
  let at = data
  at = bytes.writeUInt8(9, at)
  at = bytes.writeDoubleLE(time, at)
  at = bytes.writeUInt8(16, at)
  at = writeVarint(bytes, at, step)
  at = bytes.writeUInt8(42, at)
  at = bytes.writeUInt8(tag.length + 9, at)
  at = bytes.writeUInt8(10, at)
  at = bytes.writeUInt8(tag.length + 7, at)
  at = bytes.writeUInt8(10, at)
  at = bytes.writeUInt8(tag.length, at)
  at += tag.copy(bytes, at)
  at = bytes.writeUInt8(21, at)
  at = bytes.writeFloatLE(value, at)
  bytes.writeUInt32LE(at - data, from)
  bytes.writeUInt32LE(0, from + 4)
  bytes.writeUInt32LE(maskedCrc(crc32c(bytes, view, from, from + 8)), from + 8)
  return bytes.writeUInt32LE(maskedCrc(crc32c(bytes, view, data, at)), at)
}

function writeVarint(bytes: Buffer, from: number, value: number): number {
  let at = from
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) at = bytes.writeUInt8((rest % 128) | 128, at)
  return bytes.writeUInt8(rest, at)
}
