import { closeSync } from 'node:fs'

import type { ReadIssue } from '#contract/source.ts'
import type { SeriesRecord } from '#server/readers/record.ts'
import { openForReading, readFully, statRegular } from '#server/readers/text-file.ts'

import { MetricLines } from './metric-lines.ts'
import type { TreeEntry } from './source-tree.ts'

/** Where the reading of a metric file goes on when it has grown. */
export interface MetricTail {
  entry: TreeEntry
  /** As it was when it was read. */
  size: number
  /** End of the last line that was taken. */
  offset: number
  /** A last line without an end was taken: what comes next may belong to it, so the run has to be read anew. */
  torn: boolean
  /** The bytes before `offset`: other ones later say that the file was written anew. */
  anchor: Buffer
  lines: MetricLines
}

/** By the name of the metric. */
export type MetricTails = Map<string, MetricTail>

const anchorBytes = 64
const sliceBytes = 1024 * 1024
/** Growth beyond it is no growth of one look: the run is read anew, which keeps little of it in memory. */
const growthLimit = 64 * 1024 * 1024
/** A longer line without an end is for the reader of the whole file, which passes over it. */
const restLimit = 64 * 1024

export function tailOf(entry: TreeEntry, size: number, offset: number, torn: boolean, lines: MetricLines): MetricTail {
  return { entry, size, offset, torn, anchor: anchorAt(entry.path, offset), lines }
}

/** A metric file of which nothing was read yet. */
export function newTail(entry: TreeEntry): MetricTail {
  return { entry, size: 0, offset: 0, torn: false, anchor: Buffer.alloc(0), lines: new MetricLines(entry.name) }
}

function anchorAt(path: string, offset: number): Buffer {
  const anchor = Buffer.alloc(Math.min(anchorBytes, offset))
  const descriptor = openForReading(path)
  try {
    readFully(descriptor, anchor, 0, anchor.length, offset - anchor.length)
  } finally {
    closeSync(descriptor)
  }
  return anchor
}

/**
 * Takes the whole lines that were added to a metric file; null where it was not only added to. A last line without an end is left.
 * Throws the system's error.
 */
export function readTail(tail: MetricTail): SeriesRecord[] | null {
  if (tail.torn) return null
  const descriptor = openForReading(tail.entry.path)
  try {
    const { size } = statRegular(descriptor)
    if (size < tail.size || size - tail.offset > growthLimit) return null
    const anchor = Buffer.alloc(tail.anchor.length)
    readFully(descriptor, anchor, 0, anchor.length, tail.offset - anchor.length)
    if (!anchor.equals(tail.anchor)) return null
    const series: SeriesRecord[] = []
    let position = tail.offset
    while (position < size) {
      const bytes = Buffer.allocUnsafe(Math.min(sliceBytes, size - position))
      const count = readFully(descriptor, bytes, 0, bytes.length, position)
      const taken = tail.lines.addLines(bytes.toString('latin1', 0, count))
      if (taken === 0 && count > restLimit) return null
      position += taken
      const part = tail.lines.take()
      if (part.values.length > 0) series.push(part)
      if (position + count - taken >= size || taken === 0) break
    }
    tail.size = size
    tail.offset = position
    tail.anchor = Buffer.alloc(Math.min(anchorBytes, position))
    readFully(descriptor, tail.anchor, 0, tail.anchor.length, position - tail.anchor.length)
    return series
  } finally {
    closeSync(descriptor)
  }
}

/** The lines of the file that could not be taken so far. */
export function tailIssues({ entry: { path }, lines: { faults } }: MetricTail): ReadIssue[] {
  const issues: ReadIssue[] = faults.listed.map(({ line, reason }) => ({ path, line, reason }))
  if (faults.more > 0) issues.push({ path, line: null, reason: `${faults.more} more lines could not be read` })
  return issues
}
