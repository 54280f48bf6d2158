import { ApiError } from '#contract/api-error.ts'
import { nearest } from '#contract/nearest.ts'
import { encodeSeriesFrame } from '#contract/series-frame.ts'
import { snapshot } from '#server/store/database.ts'
import { sortSeries } from '#server/store/points.ts'
import { storedSeries } from '#server/store/read-points.ts'

import { findRun, type Reader } from './reader.ts'

/** Every point of one metric of a run in the order (step, time, arrival), as a series frame. */
export function readSeries(reader: Reader, input: { run: string; key: string }): Uint8Array<ArrayBuffer> {
  return snapshot(reader.database, () => readPoints(reader, input))
}

function readPoints(reader: Reader, input: { run: string; key: string }): Uint8Array<ArrayBuffer> {
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
  const series = storedSeries(database, run.no, Number(row['key']))
  return encodeSeriesFrame(row['sorted'] === 1 ? series : sortSeries(series))
}
