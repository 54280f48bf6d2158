import type { DatabaseSync } from 'node:sqlite'

import type { Series } from '#contract/series-frame.ts'

import { statementOf } from './database.ts'
import { findInPage } from './page.ts'
import { concatSeries, decodeBlock } from './points.ts'

interface Folded {
  blocks: Series[]
  /** Rows of the log up to this sequence are in the blocks. */
  through: number
}

function folded(database: DatabaseSync, run: number, key: number): Folded {
  const chunks = statementOf(database, 'select bytes, through from chunk where run = ? and key = ? order by no').all(run, key)
  if (chunks.length > 0) {
    return { blocks: chunks.map(row => decodeBlock(row['bytes'] as Uint8Array)), through: Number(chunks.at(-1)?.['through']) }
  }
  for (const row of database.prepare('select bytes, through from page where run = ? order by no').iterate(run)) {
    const page = row['bytes'] as Uint8Array
    const offset = findInPage(page, key)
    if (offset >= 0) return { blocks: [decodeBlock(page, offset)], through: Number(row['through']) }
  }
  return { blocks: [], through: 0 }
}

/**
 * Every point of one metric of a run as the store holds them: pages or chunks, then what waits in the log, in the order of arrival
 * but for what was sorted as it was stored. Another connection may fold meanwhile, so a reader calls it in a `snapshot`.
 */
export function storedSeries(database: DatabaseSync, run: number, key: number): Series {
  const { blocks, through } = folded(database, run, key)
  return concatSeries([...blocks, ...loggedAfter(database, run, key, through)])
}

/** Points of a metric of a run that came after a sequence of the log, in the order of arrival. */
export function loggedAfter(database: DatabaseSync, run: number, key: number, sequence: number): Series[] {
  const blocks: Series[] = []
  const rows = statementOf(database, 'select bytes from log where run = ? and sequence > ? order by sequence')
  for (const row of rows.all(run, sequence)) {
    const bytes = row['bytes'] as Uint8Array
    const offset = findInPage(bytes, key)
    if (offset >= 0) blocks.push(decodeBlock(bytes, offset))
  }
  return blocks
}
