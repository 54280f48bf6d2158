import type { DatabaseSync } from 'node:sqlite'

import type { MediaKind } from '#contract/media.ts'

import { statementOf } from './database.ts'

/** Where the values of one tag lie in the files of a run, as columns of equal length. */
export interface MediaIndex {
  kind: MediaKind
  tag: string
  steps: BigInt64Array<ArrayBuffer>
  /** Seconds since the epoch. */
  times: Float64Array<ArrayBuffer>
  /** Bytes from the start of the file to the record. */
  offsets: Float64Array<ArrayBuffer>
  /** Which of `names`. */
  files: Uint32Array<ArrayBuffer>
  /** Files, relative to the folder of the run. */
  names: string[]
  /** Items of one value at the most. */
  items: number
}

interface Head {
  names: string[]
  items: number
  count: number
}

/** Growth is added to the last row of its tag up to so many values. */
const rowValues = 512
const align = (bytes: number) => Math.ceil(bytes / 8) * 8

/** Head length u32, head (JSON, padded with spaces), steps i64, times f64, offsets f64, files u32; little-endian, aligned to 8 bytes. */
function encodeMedia({ names, items, steps, times, offsets, files }: MediaIndex): Uint8Array<ArrayBuffer> {
  const head: Head = { names, items, count: steps.length }
  const text = new TextEncoder().encode(JSON.stringify(head))
  const start = align(4 + text.length)
  const bytes = new Uint8Array(start + steps.length * 28)
  bytes.fill(0x20, 4, start)
  new DataView(bytes.buffer).setUint32(0, start, true)
  bytes.set(text, 4)
  let at = start
  for (const column of [steps, times, offsets, files]) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at)
    at += column.byteLength
  }
  return bytes
}

function decodeMedia(kind: MediaKind, tag: string, stored: Uint8Array): MediaIndex {
  // A copy, since columns must be aligned.
  const bytes = stored.slice()
  const start = new DataView(bytes.buffer).getUint32(0, true)
  const { names, items, count } = JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))) as Head
  return {
    kind,
    tag,
    names,
    items,
    steps: new BigInt64Array(bytes.buffer, start, count),
    times: new Float64Array(bytes.buffer, start + count * 8, count),
    offsets: new Float64Array(bytes.buffer, start + count * 16, count),
    files: new Uint32Array(bytes.buffer, start + count * 24, count),
  }
}

/** Parts of one tag, one after the other. */
function joinMedia(parts: readonly MediaIndex[]): MediaIndex {
  const [first] = parts
  if (!first) throw new Error('A tag without a part')
  if (parts.length === 1) return first
  const count = parts.reduce((sum, part) => sum + part.steps.length, 0)
  const joined: MediaIndex = {
    ...first,
    names: [...new Set(parts.flatMap(part => part.names))],
    items: Math.max(...parts.map(part => part.items)),
    steps: new BigInt64Array(count),
    times: new Float64Array(count),
    offsets: new Float64Array(count),
    files: new Uint32Array(count),
  }
  let at = 0
  for (const { steps, times, offsets, files, names } of parts) {
    joined.steps.set(steps, at)
    joined.times.set(times, at)
    joined.offsets.set(offsets, at)
    const moved = names.map(name => joined.names.indexOf(name))
    joined.files.set(
      files.map(file => moved[file] ?? 0),
      at,
    )
    at += steps.length
  }
  return joined
}

/** Adds what a run logged after what is stored of it. */
export function addMedia(database: DatabaseSync, run: number, parts: readonly MediaIndex[]): void {
  const last = statementOf(database, 'select no, bytes from media where run = ? and kind = ? and tag = ? order by no desc limit 1')
  const put = statementOf(database, 'insert or replace into media values (?, ?, ?, ?, ?)')
  for (const part of parts) {
    const row = last.get(run, part.kind, part.tag)
    const before = row && decodeMedia(part.kind, part.tag, row['bytes'] as Uint8Array)
    const no = row ? Number(row['no']) : 0
    if (!before) put.run(run, part.kind, part.tag, 0, encodeMedia(part))
    else if (before.steps.length >= rowValues) put.run(run, part.kind, part.tag, no + 1, encodeMedia(part))
    else put.run(run, part.kind, part.tag, no, encodeMedia(joinMedia([before, part])))
  }
}

/** Everything stored of a run, or of one tag of it. */
export function storedMedia(database: DatabaseSync, run: number, only?: { kind: MediaKind; tag: string }): MediaIndex[] {
  const rows = only
    ? statementOf(database, 'select kind, tag, bytes from media where run = ? and kind = ? and tag = ? order by no').all(
        run,
        only.kind,
        only.tag,
      )
    : statementOf(database, 'select kind, tag, bytes from media where run = ? order by kind, tag, no').all(run)
  const tags: MediaIndex[][] = []
  for (const row of rows) {
    const part = decodeMedia(row['kind'] as MediaKind, String(row['tag']), row['bytes'] as Uint8Array)
    const before = tags.at(-1)
    if (before?.[0]?.kind === part.kind && before[0].tag === part.tag) before.push(part)
    else tags.push([part])
  }
  return tags.map(joinMedia)
}
