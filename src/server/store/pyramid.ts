import type { DatabaseSync } from 'node:sqlite'

import { joinThinned, keptPoints, thinMore, thinSeries, type Thinned } from '#maths/thin.ts'

import { chunkPoints, concatSeries, decodeBlock, encodeBlock } from './points.ts'

/** Buckets a row of any level, and buckets of one level that make one of the next. */
export const fanOut = 64
/** Levels kept: buckets of 64 points, and of 4,096, which are as long as a chunk, so that a series ends on a whole one but for its tail. */
export type Level = 1 | 2
/** Points a bucket of a level stands for. */
export const levelPoints: Readonly<Record<Level, number>> = { 1: fanOut, 2: fanOut * fanOut }
/** Chunks that a row of a level covers. */
export const rowChunks: Readonly<Record<Level, number>> = { 1: 1, 2: fanOut }

const hasNonFinite = 1
const littleEndian = true

/** Bytes of a thinned series: points a bucket u32, flags u32, its points as a block, then counts u32 (NaN, Infinity, -Infinity) where some are not 0. */
export function encodeThinned({ bucket, points, nonFinite }: Thinned): Uint8Array<ArrayBuffer> {
  const block = encodeBlock(points)
  const counts = nonFinite ? [nonFinite.nan, nonFinite.positiveInfinity, nonFinite.negativeInfinity] : []
  const bytes = new Uint8Array(8 + block.length + counts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, bucket, littleEndian)
  view.setUint32(4, nonFinite ? hasNonFinite : 0, littleEndian)
  bytes.set(block, 8)
  let offset = 8 + block.length
  for (const column of counts) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset)
    offset += column.byteLength
  }
  return bytes
}

export function decodeThinned(bytes: Uint8Array): Thinned {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const bucket = view.getUint32(0, littleEndian)
  const points = decodeBlock(bytes, 8)
  if (view.getUint32(4, littleEndian) !== hasNonFinite) return { bucket, points, nonFinite: null }
  const count = points.values.length / keptPoints
  const counts = bytes.slice(bytes.length - count * 12).buffer
  const column = (at: number) => new Uint32Array(counts, at * count * 4, count)
  return { bucket, points, nonFinite: { nan: column(0), positiveInfinity: column(1), negativeInfinity: column(2) } }
}

/**
 * Keeps the pyramid over the chunks of a series; used inside the transaction that stores these. Only full chunks have a row of level 1 and
 * only 64 of them one of level 2, so that no row changes once it is there. What is missing is made from the chunks where it is read.
 */
export class PyramidWriter {
  readonly #put
  readonly #rows

  constructor(database: DatabaseSync) {
    this.#put = database.prepare('insert or replace into pyramid values (?, ?, ?, ?, ?)')
    this.#rows = database.prepare('select bytes from pyramid where run = ? and key = ? and level = 1 and no >= ? and no < ? order by no')
  }

  /** Takes up a chunk that was stored; `block` are its bytes. */
  add(run: number, key: number, no: number, block: Uint8Array): void {
    const series = decodeBlock(block)
    if (series.values.length < chunkPoints) return
    this.#put.run(run, key, 1, no, encodeThinned(thinSeries(series, fanOut)))
    if (no % fanOut < fanOut - 1) return
    const rows = this.#rows.all(run, key, no + 1 - fanOut, no + 1)
    if (rows.length < fanOut) return
    const parts = rows.map(row => decodeThinned(row['bytes'] as Uint8Array))
    this.#put.run(run, key, 2, (no + 1) / fanOut - 1, encodeThinned(thinMore(joinThinned(parts, concatSeries), fanOut)))
  }
}
