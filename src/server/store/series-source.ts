import type { DatabaseSync } from 'node:sqlite'

import type { Series } from '#contract/series-frame.ts'
import { joinThinned, thinMore, thinSeries, type Thinned } from '#maths/thin.ts'

import { statementOf } from './database.ts'
import { chunkPoints, concatSeries, decodeBlock, sliceSeries } from './points.ts'
import { decodeThinned, fanOut, levelPoints, rowChunks, type Level } from './pyramid.ts'
import { loggedAfter } from './read-points.ts'

/** A series in the order (step, time, arrival), of which any part can be had raw or thinned. Positions count points from its start. */
export interface SeriesSource {
  total: number
  raw: (from: number, to: number) => Series
  /** From `from`, a multiple of the level's bucket, to `to`, which is one or the end; the last bucket may be short. */
  thinned: (level: Level, from: number, to: number) => Thinned
}

/** A series that is in memory. */
export function memorySource(series: Series): SeriesSource {
  return {
    total: series.values.length,
    raw: (from, to) => sliceSeries(series, from, to),
    thinned: (level, from, to) => thinSeries(series, levelPoints[level], from, to),
  }
}

/** A sorted series in chunks, with what waits in the log at its end; null where it has no chunk. A reader calls all of it in one `snapshot`. */
export function chunkedSource(database: DatabaseSync, run: number, key: number): SeriesSource | null {
  const last = statementOf(database, 'select no, bytes, through from chunk where run = ? and key = ? order by no desc limit 1').get(
    run,
    key,
  )
  if (!last) return null
  const block = decodeBlock(last['bytes'] as Uint8Array)
  const isFull = block.values.length >= chunkPoints
  const chunks = Number(last['no']) + (isFull ? 1 : 0)
  const tail = concatSeries([
    ...(isFull ? [sliceSeries(block, 0, 0)] : [block]),
    ...loggedAfter(database, run, key, Number(last['through'])),
  ])
  return new ChunkedSource(database, { run, key, chunks, tail })
}

interface ChunkedParts {
  run: number
  key: number
  /** Full chunks. */
  chunks: number
  /** What follows them. */
  tail: Series
}

class ChunkedSource implements SeriesSource {
  readonly total: number
  readonly #parts: ChunkedParts
  readonly #chunkRows
  readonly #levelRows

  constructor(database: DatabaseSync, parts: ChunkedParts) {
    this.#parts = parts
    this.total = parts.chunks * chunkPoints + parts.tail.values.length
    this.#chunkRows = statementOf(database, 'select bytes from chunk where run = ? and key = ? and no >= ? and no < ? order by no')
    this.#levelRows = statementOf(
      database,
      'select no, bytes from pyramid where run = ? and key = ? and level = ? and no >= ? and no < ? order by no',
    )
  }

  raw(from: number, to: number): Series {
    const { run, key, chunks, tail } = this.#parts
    const first = Math.min(chunks, Math.floor(from / chunkPoints))
    const end = Math.min(chunks, Math.ceil(to / chunkPoints))
    const blocks = this.#chunkRows.all(run, key, first, end).map(row => decodeBlock(row['bytes'] as Uint8Array))
    const folded = chunks * chunkPoints
    if (to > folded) blocks.push(sliceSeries(tail, Math.max(0, Math.min(from, to) - folded), to - folded))
    if (from >= folded) return blocks[0] ?? sliceSeries(tail, 0, 0)
    return sliceSeries(concatSeries(blocks), from - first * chunkPoints, to - first * chunkPoints)
  }

  thinned(level: Level, from: number, to: number): Thinned {
    const { chunks, tail } = this.#parts
    const folded = chunks * chunkPoints
    const size = levelPoints[level]
    const first = Math.min(chunks, Math.floor(from / chunkPoints))
    const parts = this.#levelParts(level, first, Math.min(chunks, Math.ceil(to / chunkPoints)))
    // What was asked for may begin and end within a chunk: a bucket is no longer than one.
    const start = first * chunkPoints
    if (to > folded) parts.push(thinSeries(tail, size, Math.max(0, from - folded), to - folded))
    const skipped = Math.max(0, Math.min(from, folded) - start) / size
    return thinMore(joinThinned(parts, concatSeries), 1, skipped, skipped + Math.ceil((to - from) / size))
  }

  /** The rows of a level over full chunks; what no row covers comes from the level below, and below all from the chunks. */
  #levelParts(level: Level, from: number, to: number): Thinned[] {
    const { run, key } = this.#parts
    const span = rowChunks[level]
    const start = Math.ceil(from / span)
    const end = Math.max(start, Math.floor(to / span))
    const parts: Thinned[] = []
    const below = (first: number, last: number) => {
      if (first >= last) return
      if (level === 2) parts.push(thinMore(joinThinned(this.#levelParts(1, first, last), concatSeries), fanOut))
      else parts.push(thinSeries(this.raw(first * chunkPoints, last * chunkPoints), fanOut))
    }
    below(from, Math.min(to, start * span))
    let next = start
    for (const row of this.#levelRows.all(run, key, level, start, end)) {
      const no = Number(row['no'])
      below(next * span, no * span)
      parts.push(decodeThinned(row['bytes'] as Uint8Array))
      next = no + 1
    }
    below(Math.max(from, next * span), to)
    return parts
  }
}
