import { parseFloat64, parseInt64 } from '#server/readers/mlflow/number-text.ts'
import type { SeriesRecord } from '#server/readers/record.ts'

import { BusyError } from './database-error.ts'
import type { ForeignDatabase } from './foreign-database.ts'
import type { OpenDatabase, Row } from './open-database.ts'

/** Points of one block at the most. */
export const blockPoints = 65_536
/** Reopenings of the file while one block is read. */
const attempts = 20
const pauseMs = 5
const faultsListed = 20

/** How MLflow spells infinity in a database, which has no word for it (`sanitize_metric_value`). */
const infinity = Number.MAX_VALUE

export interface Block {
  series: SeriesRecord[]
  points: number
  /** Of the last row that it was made of. */
  row: number
}

/** Rows that hold no point. */
export class RowFaults {
  readonly listed: string[] = []
  more = 0

  add(reason: string): void {
    if (this.listed.length < faultsListed) this.listed.push(reason)
    else this.more += 1
  }

  get count(): number {
    return this.listed.length + this.more
  }

  reasons(): string[] {
    return this.more === 0 ? this.listed : [...this.listed, `${this.more} more rows of metrics could not be read`]
  }
}

/**
 * The points of a run in the order in which they were logged, from the row after `after` on. Each block is of a file that was not written
 * to while it was read: where it was, reading goes on behind the last block, since MLflow only adds rows. Throws SQLite's error or `BusyError`.
 */
export function* readPoints(database: ForeignDatabase, run: string, after: number, faults: RowFaults): Generator<Block, void> {
  let from = after
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const open = database.current(attempt > attempts / 2)
    try {
      if (open) {
        for (const { block, found } of blocksOf(open, run, from)) {
          if (!database.isStill(open)) break
          for (const reason of found.listed) faults.add(reason)
          faults.more += found.more
          if (block.points > 0) yield block
          attempt = 0
          from = block.row
        }
        if (database.isStill(open)) return
      }
    } catch (error) {
      if (!open || database.isStill(open)) throw error
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
  }
  throw new BusyError()
}

function* blocksOf(open: OpenDatabase, run: string, after: number): Generator<{ block: Block; found: RowFaults }, void> {
  const sql = `select "metrics".rowid, "metrics"."key", ${open.integer('metrics', 'step', '0')}, ${open.integer('metrics', 'timestamp')},
    ${open.column('metrics', 'value')}, ${open.column('metrics', 'is_nan', '0')}
    ${open.ofRun('metrics')} and "metrics".rowid > ? order by "metrics".rowid`
  let collector = new Collector(run)
  for (const row of open.iterate(sql, run, after)) {
    collector.add(row)
    if (collector.block.points < blockPoints) continue
    yield collector
    collector = new Collector(run)
  }
  if (collector.block.row > 0) yield collector
}

class Collector {
  readonly block: Block = { series: [], points: 0, row: 0 }
  readonly found = new RowFaults()
  readonly #run: string
  readonly #series = new Map<unknown, SeriesRecord>()

  constructor(run: string) {
    this.#run = run
  }

  add([row, key, stepFound, timeFound, valueFound, isNan]: Row): void {
    this.block.row = Number(row)
    const step = stepOf(stepFound)
    const time = numberOf(timeFound)
    const value = isNan === 1 ? Number.NaN : valueOf(valueFound)
    if (step === undefined || time === undefined || value === undefined) {
      const [name, found] = step === undefined ? ['step', stepFound] : time === undefined ? ['timestamp', timeFound] : ['value', valueFound]
      this.found.add(`the metric ${shown(key)} of the run ${this.#run} has the ${name} ${shown(found)} where a number was expected`)
      return
    }
    const { steps, times, values } = this.#of(key)
    steps.push(step)
    times.push(time / 1000)
    values.push(value)
    this.block.points += 1
  }

  #of(key: unknown): SeriesRecord {
    const known = this.#series.get(key)
    if (known) return known
    const series: SeriesRecord = { key: String(key), steps: [], times: [], values: [] }
    this.#series.set(key, series)
    this.block.series.push(series)
    return series
  }
}

function shown(value: unknown): string {
  return value === null ? 'null' : `"${String(value).slice(0, 80)}"`
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' ? parseFloat64(value, 0, value.length) : undefined
}

/** A float64 as MLflow meant it; null is a NaN, which SQLite cannot hold. */
export function valueOf(value: unknown): number | undefined {
  if (value === null) return Number.NaN
  const number = numberOf(value)
  return number === infinity ? Infinity : number === -infinity ? -Infinity : number
}

/** An int64: a number while that is exact, else a bigint. */
export function stepOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  return typeof value === 'string' ? parseInt64(value, 0, value.length) : undefined
}
