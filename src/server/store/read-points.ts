import type { DatabaseSync } from 'node:sqlite'

import type { Series } from '#contract/series-frame.ts'

import { findInPage } from './page.ts'
import { concatSeries, decodeBlock } from './points.ts'

function foldedBlocks(database: DatabaseSync, run: number, key: number): Series[] {
  const chunks = database.prepare('select bytes from chunk where run = ? and key = ? order by no').all(run, key)
  if (chunks.length > 0) return chunks.map(row => decodeBlock(row['bytes'] as Uint8Array))
  for (const row of database.prepare('select bytes from page where run = ? order by no').iterate(run)) {
    const page = row['bytes'] as Uint8Array
    const offset = findInPage(page, key)
    if (offset >= 0) return [decodeBlock(page, offset)]
  }
  return []
}

/**
 * Every point of one metric of a run as the store holds them: pages or chunks, then what waits in the log, in the order of arrival
 * but for what was sorted as it was stored. Another connection may fold meanwhile, so a reader calls it in a `snapshot`.
 */
export function storedSeries(database: DatabaseSync, run: number, key: number): Series {
  const blocks = foldedBlocks(database, run, key)
  for (const row of database.prepare('select bytes from log where run = ? order by sequence').iterate(run)) {
    const bytes = row['bytes'] as Uint8Array
    const offset = findInPage(bytes, key)
    if (offset >= 0) blocks.push(decodeBlock(bytes, offset))
  }
  return concatSeries(blocks)
}
