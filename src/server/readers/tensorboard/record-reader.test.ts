import { expect, test } from 'vitest'

import { crc32c, maskedCrc } from './crc32c.ts'
import { type FileFault, RecordReader, type ReadBytes } from './record-reader.ts'
import { event, record, scalar, versionEvent } from './test-events.ts'

function crcOf(bytes: Buffer): number {
  return crc32c(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.length)
}

function readAll(file: Buffer, limits = { blockBytes: 64, recordBytes: 4_096 }) {
  const faults: FileFault[] = []
  const read: ReadBytes = (target, start, length, position) => file.copy(target, start, position, position + length)
  let told = Buffer.alloc(0)
  const reader = new RecordReader(
    read,
    file.length,
    fault => faults.push(fault),
    block => (told = Buffer.concat([told, block])),
    limits,
  )
  const records: { data: Buffer; length: number; offset: number }[] = []
  while (reader.next()) {
    const { start, end, length, offset } = reader
    records.push({ data: Buffer.from(reader.bytes.subarray(start, end)), length, offset })
  }
  return { records, faults, wholeEnd: reader.wholeEnd, told }
}

test('CRC-32C as RFC 3720 has it, in parts too, and masked as TensorFlow does', () => {
  expect(crcOf(Buffer.from('123456789'))).toBe(0xe3069283)
  expect(crcOf(Buffer.alloc(32))).toBe(0x8a9136aa)
  expect(crcOf(Buffer.alloc(32, 0xff))).toBe(0x62a8ab43)
  expect(crcOf(Buffer.from(Array.from({ length: 32 }, (_, at) => at)))).toBe(0x46dd794e)
  const text = Buffer.from('a text that is longer than eight bytes')
  const view = new DataView(text.buffer, text.byteOffset, text.byteLength)
  for (let cut = 0; cut <= text.length; cut += 1) expect(crc32c(text, view, cut, text.length, crc32c(text, view, 0, cut))).toBe(crcOf(text))
  // The first record of a file that TensorFlow 2 wrote.
  expect(maskedCrc(crcOf(Buffer.from([24, 0, 0, 0, 0, 0, 0, 0])))).toBe(0x224b7fa3)
})

test('records are cut out whatever the size of blocks, and all bytes are told in their order', () => {
  const contents = [0, 1, 7, 40, 64, 300, 2_000].map(size => Buffer.alloc(size, size))
  const file = Buffer.concat(contents.map(record))
  for (const blockBytes of [16, 33, 64, 1_000, 10_000]) {
    const { records, faults, wholeEnd, told } = readAll(file, { blockBytes, recordBytes: 4_096 })
    expect(records.map(({ data }) => data)).toEqual(contents)
    expect(faults).toEqual([])
    expect(wholeEnd).toBe(file.length)
    expect(told.equals(file)).toBe(true)
  }
})

test('a record longer than the limit is checked in blocks, and its head is handed out', () => {
  const long = Buffer.from(Array.from({ length: 20_000 }, (_, at) => at % 251))
  const file = Buffer.concat([versionEvent, record(long), event(5, 1, scalar('a', 1))])
  for (const blockBytes of [64, 5_000, 100_000]) {
    const { records, faults, wholeEnd } = readAll(file, { blockBytes, recordBytes: 1_000 })
    expect(faults).toEqual([])
    expect(records.map(({ length }) => length)).toEqual([versionEvent.length - 16, 20_000, expect.any(Number) as number])
    const head = records[1]?.data ?? Buffer.alloc(0)
    expect(head.length).toBeGreaterThan(32)
    expect(head.equals(long.subarray(0, head.length))).toBe(true)
    expect(wholeEnd).toBe(file.length)
  }
  const broken = Buffer.from(file)
  broken.writeUInt8(broken.readUInt8(9_000) ^ 1, 9_000)
  const { records, faults } = readAll(broken, { blockBytes: 64, recordBytes: 1_000 })
  expect(records).toHaveLength(2)
  expect(faults).toEqual([
    {
      offset: versionEvent.length,
      reason: `the CRC of the record at byte ${versionEvent.length} (20000 bytes) is wrong; the record is left out`,
    },
  ])
})

test('a file cut at any byte gives the records before the cut, without a fault, and where they end', () => {
  const parts = [versionEvent, event(1, 1, scalar('a', 1)), event(2, 2, scalar('a', 2))]
  const file = Buffer.concat(parts)
  for (let cut = 0; cut < file.length; cut += 1) {
    const { records, faults, wholeEnd } = readAll(file.subarray(0, cut))
    let end = 0
    const whole = parts.filter(part => (end += part.length) <= cut)
    expect(records).toHaveLength(whole.length)
    expect(faults).toEqual([])
    expect(wholeEnd).toBe(whole.reduce((sum, part) => sum + part.length, 0))
  }
})

test('each flipped bit is found: a record is left out, or the rest of the file, and that is told', () => {
  const parts = [versionEvent, event(1, 1, scalar('a', 1)), event(2, 2, scalar('a', 2))]
  const file = Buffer.concat(parts)
  const starts = parts.map((_, at) => parts.slice(0, at).reduce((sum, part) => sum + part.length, 0))
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    const broken = Buffer.from(file)
    broken.writeUInt8(broken.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    const { records, faults } = readAll(broken)
    const at = starts.findLastIndex(start => start <= bit >> 3)
    const offset = starts[at] ?? 0
    const inHeader = (bit >> 3) - offset < 12
    expect(faults).toHaveLength(1)
    expect(faults[0]?.offset).toBe(offset)
    expect(faults[0]?.reason).toContain(inHeader ? `${file.length - offset} bytes are not read` : 'the record is left out')
    expect(records).toHaveLength(inHeader ? at : 2)
  }
})
