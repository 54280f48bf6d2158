import type { DatabaseSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'
import { nearest } from '#contract/nearest.ts'
import { encodeSeriesFrame, type Series } from '#contract/series-frame.ts'
import { findInPage } from '#server/store/page.ts'
import { concatSeries, decodeBlock, sortSeries } from '#server/store/points.ts'

import { findRun, type Reader } from './reader.ts'

function blocksOf(database: DatabaseSync, run: number, key: number): Series[] {
  const chunks = database.prepare('select bytes from chunk where run = ? and key = ? order by no').all(run, key)
  if (chunks.length > 0) return chunks.map(row => decodeBlock(row['bytes'] as Uint8Array))
  for (const row of database.prepare('select bytes from page where run = ? order by no').iterate(run)) {
    const page = row['bytes'] as Uint8Array
    const offset = findInPage(page, key)
    if (offset >= 0) return [decodeBlock(page, offset)]
  }
  return []
}

/** Every point of one metric of a run in the order (step, time, arrival), as a series frame. */
export function readSeries(reader: Reader, input: { run: string; key: string }): Uint8Array<ArrayBuffer> {
  const { database } = reader
  const run = findRun(reader, input.run)
  const row = database
    .prepare(
      "select metric.key, sorted from metric join key on key.no = metric.key where kind = 'metric' and name = ? and project = ? and run = ?",
    )
    .get(input.key, run.project, run.no)
  if (!row) {
    const names = database
      .prepare("select name from project_key join key on key.no = key where project = ? and kind = 'metric'")
      .all(run.project)
    const near = nearest(
      input.key,
      names.map(known => String(known['name'])),
    )
    throw new ApiError('not_found', `Run ${input.run} has no metric ${input.key}.`, near === undefined ? {} : { nearest: near })
  }
  const series = concatSeries(blocksOf(database, run.no, Number(row['key'])))
  return encodeSeriesFrame(row['sorted'] === 1 ? series : sortSeries(series))
}
