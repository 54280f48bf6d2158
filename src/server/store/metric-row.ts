import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'

import { emptySummary, type Summary } from '#maths/summary.ts'

/** Stores the row of a metric of a run, in place of the one there was. */
export const putMetric = 'insert or replace into metric values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)'

/** NaN cannot be stored and is null. */
function storable(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

/** What `putMetric` takes. */
export function metricRow(project: number, key: number, run: number, summary: Summary): SQLInputValue[] {
  const { count, nan, positiveInfinity, negativeInfinity, firstStep, lastStep, minStep, maxStep } = summary
  return [
    project,
    key,
    run,
    count,
    nan,
    positiveInfinity,
    negativeInfinity,
    storable(summary.first),
    firstStep,
    storable(summary.last),
    lastStep,
    storable(summary.lastTime),
    storable(summary.min),
    minStep,
    storable(summary.max),
    maxStep,
    summary.sum,
    storable(summary.sumOfSquares),
    summary.sorted ? 1 : 0,
    storable(summary.firstTime),
    summary.float32 ? 1 : 0,
  ]
}

function float(value: SQLOutputValue | undefined): number {
  return value === null || value === undefined ? Number.NaN : Number(value)
}

/** A step as summaries compare them: a number where that is exact, so that equal steps are equal. */
export function exactStep(step: number | bigint): number | bigint {
  const number = Number(step)
  return Number.isSafeInteger(number) ? number : step
}

function stepOf(value: SQLOutputValue | undefined): number | bigint {
  return typeof value === 'bigint' ? exactStep(value) : Number(value)
}

/**
 * Reads the summary of a metric of a run, for `addPoint` to go on with; null where the run has no such metric. `firstTime` is NaN
 * where a row does not hold it.
 */
export function metricReader(database: DatabaseSync): (project: number, key: number, run: number) => Summary | null {
  const statement = database.prepare('select * from metric where project = ? and key = ? and run = ?')
  statement.setReadBigInts(true)
  return (project, key, run) => {
    const row = statement.get(project, key, run)
    if (!row) return null
    return {
      ...emptySummary(),
      count: Number(row['count']),
      nan: Number(row['nan']),
      positiveInfinity: Number(row['positive_infinity']),
      negativeInfinity: Number(row['negative_infinity']),
      first: float(row['first']),
      firstStep: stepOf(row['first_step']),
      firstTime: float(row['first_time']),
      last: float(row['last']),
      lastStep: stepOf(row['last_step']),
      lastTime: float(row['last_time']),
      min: float(row['min']),
      minStep: stepOf(row['min_step']),
      max: float(row['max']),
      maxStep: stepOf(row['max_step']),
      sum: Number(row['sum']),
      sumOfSquares: float(row['sum_of_squares']),
      sorted: row['sorted'] === 1n,
      float32: row['float32'] === 1n,
    }
  }
}
