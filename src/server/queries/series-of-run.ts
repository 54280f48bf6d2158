import { ApiError } from '#contract/api-error.ts'
import type { Derivation } from '#contract/derivation.ts'
import { nearest } from '#contract/nearest.ts'
import type { Series } from '#contract/series-frame.ts'
import { statementOf } from '#server/store/database.ts'
import { sortSeries } from '#server/store/points.ts'
import { storedSeries } from '#server/store/read-points.ts'
import { chunkedSource, memorySource, type SeriesSource } from '#server/store/series-source.ts'

import { derive } from './derived-series.ts'
import { heldSource } from './held-source.ts'
import { findRun, type Reader } from './reader.ts'
import { resumedOfSorted, splitSeries, type ResumedSeries } from './resumed-series.ts'

export interface MetricRef {
  run: number
  key: number
  /** Points stand in the order (step, time). */
  sorted: boolean
  float32: boolean
  /** Of the first point, in seconds since the epoch; null where an older home does not say it. */
  firstTime: number | null
  /** Changes with the points. */
  version: string
}

/** Finds a metric of a run, which goes by its id or foreign id; `not_found` with the nearest name where the run has none of that name. */
export function findMetric(reader: Reader, runId: string, name: string): MetricRef {
  const { database } = reader
  const run = findRun(reader, runId)
  const row = statementOf(
    database,
    "select metric.key, sorted, float32, first_time, count, sum, last_time from metric join key on key.no = metric.key where kind = 'metric' and name = ? and project = ? and run = ?",
  ).get(name, run.project, run.no)
  if (row) {
    const firstTime = row['first_time'] === null ? null : Number(row['first_time'])
    return {
      run: run.no,
      key: Number(row['key']),
      sorted: row['sorted'] === 1,
      float32: row['float32'] === 1,
      firstTime,
      version: versionOf(row),
    }
  }
  const names = database
    .prepare("select name from project_key join key on key.no = key where project = ? and kind = 'metric'")
    .all(run.project)
  const near = nearest(
    name,
    names.map(known => String(known['name'])),
  )
  throw new ApiError('not_found', `Run ${runId} has no metric ${name}.`, near === undefined ? {} : { nearest: near })
}

export interface OpenSeries {
  source: SeriesSource
  /** All of its points. */
  whole: () => Series
  /** Names what it is and changes with its points. */
  version: string
  /** Of the first point, in seconds since the epoch. */
  firstTime: number
  float32: boolean
  /** How metrics were joined, where it is made of several. */
  join?: 'exact' | 'carried'
  /** Where the run was resumed; the source then has the newest points alone. */
  resumed: ResumedSeries['resumed']
  /** Every point, those that were superseded among them. */
  total: number
}

/** Points are only ever added, so count and end tell; the sum tells a run that was replaced as a whole. */
function versionOf(row: Record<string, unknown>): string {
  return [row['count'], row['last_time'], row['sum']].join(' ')
}

/** One metric of a run, or what is derived of it, ready to be read in parts. To be used within one `snapshot`. */
export function openSeries(reader: Reader, runId: string, name: string, derivation?: Derivation): OpenSeries {
  const metric = findMetric(reader, runId, name)
  const { run, key, float32, firstTime } = metric
  const version = JSON.stringify([run, key, metric.version, ...(derivation ? [derivation] : [])])
  const { source, resumed } = newestPoints(reader, metric)
  const total = resumed.reduce((sum, { superseded }) => sum + superseded.values.length, source.total)
  const start = firstTime ?? source.raw(0, 1).times[0] ?? Number.NaN
  const newest = () => source.raw(0, source.total)
  if (!derivation) return { source, whole: newest, version, firstTime: start, float32, resumed, total }
  const series = reader.derived.get(version, () => derive(newest(), derivation))
  return { source: heldSource(series), whole: () => series, version, firstTime: start, float32: false, resumed, total }
}

/** The newest points of a metric, without what a resumed run superseded. */
export function newestSeries(reader: Reader, metric: StoredMetric): Series {
  const { source } = newestPoints(reader, metric)
  return source.raw(0, source.total)
}

type StoredMetric = Pick<MetricRef, 'run' | 'key' | 'sorted' | 'version'>

function newestPoints(reader: Reader, metric: StoredMetric): { source: SeriesSource; resumed: ResumedSeries['resumed'] } {
  const { run, key, sorted, version } = metric
  const id = JSON.stringify([run, key, version])
  if (!sorted) {
    const { current, resumed } = reader.resumed.get(id, () => splitSeries(wholeSeries(reader, metric)))
    return { source: heldSource(current ?? wholeSeries(reader, metric)), resumed }
  }
  const source = chunkedSource(reader.database, run, key) ?? memorySource(wholeSeries(reader, metric))
  const { current, resumed } = reader.resumed.get(id, () => resumedOfSorted(source, () => wholeSeries(reader, metric)))
  return { source: current ? heldSource(current) : source, resumed }
}

/** Every point of a metric in the order (step, time, arrival). */
export function wholeSeries({ database }: Reader, { run, key, sorted }: Pick<MetricRef, 'run' | 'key' | 'sorted'>): Series {
  const series = storedSeries(database, run, key)
  return sorted ? series : sortSeries(series)
}
