import { statementOf } from '#server/store/database.ts'

import type { Reader } from './reader.ts'

/** One metric of a run that is a member of a group. */
export interface GroupMetric {
  run: number
  key: number
  /** Points stand in the order (step, time). */
  sorted: boolean
  count: number
  /** Of the first point, in seconds since the epoch; null where an older home does not say it. */
  firstTime: number | null
  /** Changes with the points. */
  version: string
}

/** The metric of those runs (by id or foreign id) that are there and have it, in their order, each run once. */
export function findGroupMetrics({ database }: Reader, runs: readonly string[], name: string): GroupMetric[] {
  const key = statementOf(database, "select no from key where kind = 'metric' and name = ?").get(name)?.['no']
  if (key === undefined) return []
  const columns = 'run.no as run, sorted, count, sum, first_time, last_time'
  const joined = 'run join metric on metric.project = run.project and metric.run = run.no'
  const own = statementOf(database, `select ${columns} from ${joined} where run.id = ? and metric.key = ?`)
  const foreign = statementOf(database, `select ${columns} from ${joined} where run.foreign_id = ? and metric.key = ?`)
  return [...new Set(runs)].flatMap(id => {
    const row = own.get(id, Number(key)) ?? foreign.get(id, Number(key))
    if (!row) return []
    return {
      run: Number(row['run']),
      key: Number(key),
      sorted: row['sorted'] === 1,
      count: Number(row['count']),
      firstTime: row['first_time'] === null ? null : Number(row['first_time']),
      version: [row['count'], row['last_time'], row['sum']].join(' '),
    }
  })
}
