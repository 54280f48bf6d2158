import type { DatabaseSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'
import type { Series } from '#contract/series-frame.ts'
import { addPoint, emptySummary, type Summary } from '#maths/summary.ts'

import { keyBytes, keyList, type KeyNumbers } from './keys.ts'
import { logRows, type KeyedSeries } from './log-rows.ts'
import { exactStep, metricReader, metricRow, putMetric } from './metric-row.ts'
import { concatSeries } from './points.ts'
import { storedSeries } from './read-points.ts'

/** What one request logs to a run that exists; stored whole or not at all. */
export interface LogBatch {
  /** Number of the run. */
  run: number
  /** Of the route and the body: a request that comes again with the same one is a retry. */
  hash: string
  /** When it came, in whole milliseconds since the epoch. */
  at: number
  /**
   * A key may come more than once; its points then follow each other. Times are finite seconds. `float32`: the values were logged as
   * 32-bit floats; a metric is said to be so when all of its points were.
   */
  series: (Series & { key: string; float32?: boolean })[]
}

export interface LogAnswer {
  /** Of the last row that the request became. Grows with each request of a home and is never given twice. */
  sequence: number
  /** True for a retry: the sequence is that of the first request, and nothing was stored. */
  repeated: boolean
}

interface OpenRun {
  project: number
  /** Metrics that the run has stored. */
  keys: number
  summaries: Map<number, Summary>
  /** Of the transaction under way. */
  points: number
  changed: Set<number>
  newKeys: number[]
}

/** A batch that is stored, and what it was to its run. */
export interface Appended extends LogAnswer {
  project: number
  /** Points that went into the log; none for a retry. */
  points: number
  /** Metrics of the run. */
  keys: number
}

const retryMs = 24 * 3_600_000
/** Old requests that go in one commit beside as many as come, so that none waits for the clearing of a long pause. */
const dropAtOnce = 1_000
/** Summaries held between transactions: some 15 MB. */
const heldSummaries = 50_000

/**
 * Appends batches to the log; used inside a transaction, which `flush` ends. It holds summaries of runs that log, so `reset` comes after
 * a transaction that was rolled back and after any other change of runs.
 */
export class LogWriter {
  readonly #database: DatabaseSync
  readonly #keys: KeyNumbers
  readonly #readMetric
  readonly #statements
  readonly #runs = new Map<number, OpenRun>()
  readonly #touched = new Set<number>()
  #held = 0
  #batches = 0
  #latest = 0

  constructor(database: DatabaseSync, keys: KeyNumbers) {
    this.#database = database
    this.#keys = keys
    this.#readMetric = metricReader(database)
    this.#statements = {
      run: database.prepare('select project from run where no = ?'),
      known: database.prepare('select sequence from request where run = ? and hash = ? and at >= ?'),
      request: database.prepare('insert or replace into request values (?, ?, ?, ?)'),
      drop: database.prepare('delete from request where (run, hash) in (select run, hash from request where at < ? order by at limit ?)'),
      log: database.prepare('insert into log (run, at, points, bytes) values (?, ?, ?, ?) returning sequence'),
      metric: database.prepare(putMetric),
      keys: database.prepare('select metrics, texts from run_keys where run = ?'),
      putKeys: database.prepare('insert or replace into run_keys values (?, ?, ?)'),
      points: database.prepare('update run set points = points + ? where no = ?'),
    }
  }

  /** Stores one batch. Throws `not_found` for a run that is not there, before anything is stored. */
  append(batch: LogBatch): Appended {
    const { run: no, hash, at } = batch
    const run = this.#open(no)
    const known = this.#statements.known.get(no, hash, at - retryMs)
    if (known) return { sequence: Number(known['sequence']), repeated: true, project: run.project, points: 0, keys: run.keys }
    const series = this.#keyed(batch.series)
    const wide = new Set(batch.series.filter(entry => entry.float32 !== true).map(entry => this.#keys.number('metric', entry.key)))
    for (const entry of series) this.#summarise(no, run, entry, !wide.has(entry.key))
    let sequence = 0
    let stored = 0
    for (const { points, bytes } of logRows(series)) {
      sequence = Number(this.#statements.log.get(no, at, points, bytes)?.['sequence'])
      stored += points
    }
    run.points += stored
    this.#statements.request.run(no, hash, sequence, at)
    this.#batches += 1
    this.#latest = Math.max(this.#latest, at)
    this.#touched.add(no)
    return { sequence, repeated: false, project: run.project, points: stored, keys: run.keys + run.newKeys.length }
  }

  /** Writes what the batches of the transaction changed in their runs, one row a metric, and drops requests older than a day. */
  flush(): void {
    for (const no of this.#touched) {
      const run = this.#runs.get(no)
      if (run) this.#write(no, run)
    }
    if (this.#batches > 0) this.#statements.drop.run(this.#latest - retryMs, dropAtOnce + this.#batches)
    this.#touched.clear()
    this.#batches = 0
    this.#latest = 0
    if (this.#held > heldSummaries) this.reset()
  }

  /** Forgets the batches since the last `flush`, and what is held of runs. */
  reset(): void {
    this.#runs.clear()
    this.#touched.clear()
    this.#held = 0
    this.#batches = 0
    this.#latest = 0
  }

  #write(no: number, run: OpenRun): void {
    for (const key of run.changed) {
      const summary = run.summaries.get(key)
      if (summary) this.#statements.metric.run(...metricRow(run.project, key, no, summary))
    }
    if (run.newKeys.length > 0) {
      const row = this.#statements.keys.get(no)
      this.#statements.putKeys.run(no, keyBytes([...keyList(row?.['metrics']), ...run.newKeys]), row?.['texts'] ?? new Uint8Array())
    }
    this.#statements.points.run(run.points, no)
    run.keys += run.newKeys.length
    run.points = 0
    run.changed.clear()
    run.newKeys = []
  }

  #open(no: number): OpenRun {
    const open = this.#runs.get(no)
    if (open) return open
    const row = this.#statements.run.get(no)
    if (!row) throw new ApiError('not_found', `No run ${no} in this home.`)
    const keys = keyList(this.#statements.keys.get(no)?.['metrics']).length
    const run: OpenRun = { project: Number(row['project']), keys, summaries: new Map(), points: 0, changed: new Set(), newKeys: [] }
    this.#runs.set(no, run)
    return run
  }

  #keyed(series: LogBatch['series']): KeyedSeries[] {
    const byKey = new Map<number, Series[]>()
    for (const { key, steps, times, values } of series) {
      if (values.length === 0) continue
      const number = this.#keys.number('metric', key)
      const parts = byKey.get(number)
      if (parts) parts.push({ steps, times, values })
      else byKey.set(number, [{ steps, times, values }])
    }
    return [...byKey].map(([key, parts]) => ({ key, series: concatSeries(parts) }))
  }

  #summarise(no: number, run: OpenRun, { key, series }: KeyedSeries, float32: boolean): void {
    const summary = run.summaries.get(key) ?? this.#stored(no, run, key)
    summary.float32 = float32 && (summary.count === 0 || summary.float32)
    run.summaries.set(key, summary)
    run.changed.add(key)
    const { steps, times, values } = series
    for (let index = 0; index < values.length; index += 1) {
      addPoint(summary, exactStep(steps[index] ?? 0), times[index] ?? Number.NaN, values[index] ?? Number.NaN)
    }
  }

  #stored(no: number, run: OpenRun, key: number): Summary {
    this.#held += 1
    const stored = this.#readMetric(run.project, key, no)
    if (!stored) {
      run.newKeys.push(key)
      this.#keys.count(run.project, key, 1, true, null)
      return emptySummary()
    }
    if (Number.isNaN(stored.firstTime)) stored.firstTime = firstTime(storedSeries(this.#database, no, key), stored.firstStep)
    return stored
  }
}

/** Least time of the points at the first step. Rows from before the column `first_time` do not hold it. */
function firstTime({ steps, times }: Series, firstStep: number | bigint): number {
  let least = Number.NaN
  for (const [index, time] of times.entries()) {
    if (exactStep(steps[index] ?? 0) === firstStep && !(time >= least)) least = time
  }
  return least
}
