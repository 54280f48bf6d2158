import { parseFloat64, parseInt64 } from '#server/readers/mlflow/number-text.ts'
import type { SeriesRecord } from '#server/readers/record.ts'

import { BusyError } from './database-error.ts'
import { type ForeignDatabase, pause } from './foreign-database.ts'
import { type OpenDatabase, type Row, text } from './open-database.ts'

/** Points of one block at the most. */
export const blockPoints = 65_536
/** Rows that count together. */
const rowsAtOnce = 1_024
/** Openings of the file for so many rows. */
const attempts = 30
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
 * The points of a run in the order in which they were logged, from the row after `after` on. Rows count once the file is seen not to have
 * been written to while they were read: where it was, reading goes on behind the last that do, since MLflow only adds rows. So it gets on
 * in the shortest pauses of a run that goes on. Throws SQLite's error or `BusyError`.
 */
export function* readPoints(database: ForeignDatabase, run: string, after: number, faults: RowFaults): Generator<Block, void> {
  let collector = new Collector(run, faults)
  let from = after
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const open = database.current(attempt > attempts / 2)
    try {
      for (const rows of open ? rowsOf(open, run, from) : []) {
        if (!open || !database.isStill(open)) break
        for (const row of rows) collector.add(row)
        from = Math.max(from, collector.block.row)
        attempt = 1
        if (rows.length < rowsAtOnce) {
          if (collector.block.points > 0) yield collector.block
          return
        }
        if (collector.block.points < blockPoints) continue
        yield collector.block
        collector = new Collector(run, faults)
      }
    } catch (error) {
      if (!open || database.isStill(open)) throw error
    }
    pause(attempt)
  }
  throw new BusyError()
}

/** Rows in the order of their ids; the last ones are fewer than `rowsAtOnce`, or none. */
function* rowsOf(open: OpenDatabase, run: string, after: number): Generator<Row[], void> {
  const sql = `select "metrics".rowid, "metrics"."key", ${open.integer('metrics', 'step', '0')}, ${open.integer('metrics', 'timestamp')},
    ${open.column('metrics', 'value')}, ${open.column('metrics', 'is_nan', '0')}
    ${open.ofRun('metrics')} and "metrics".rowid > ? order by "metrics".rowid`
  let rows: Row[] = []
  for (const row of open.iterate(sql, run, after)) {
    rows.push(row)
    if (rows.length < rowsAtOnce) continue
    yield rows
    rows = []
  }
  yield rows
}

class Collector {
  readonly block: Block = { series: [], points: 0, row: 0 }
  readonly #faults: RowFaults
  readonly #run: string
  readonly #series = new Map<unknown, SeriesRecord>()

  constructor(run: string, faults: RowFaults) {
    this.#run = run
    this.#faults = faults
  }

  add([row, key, stepFound, timeFound, valueFound, isNan]: Row): void {
    this.block.row = Number(row)
    const step = stepOf(stepFound)
    const time = numberOf(timeFound)
    const value = isNan === 1 ? Number.NaN : valueOf(valueFound)
    if (step === undefined || time === undefined || value === undefined) {
      const [name, found] = step === undefined ? ['step', stepFound] : time === undefined ? ['timestamp', timeFound] : ['value', valueFound]
      this.#faults.add(`the metric ${shown(key)} of the run ${this.#run} has the ${name} ${shown(found)} where a number was expected`)
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
  return value === null ? 'null' : `"${text(value).slice(0, 80)}"`
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
