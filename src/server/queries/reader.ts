import type { DatabaseSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'
import { nearest } from '#contract/nearest.ts'
import type { Series } from '#contract/series-frame.ts'
import { ColumnCache } from '#server/store/column-cache.ts'
import { openForReading, statementOf } from '#server/store/database.ts'

import type { ByteCache } from './byte-cache.ts'
import { derivedCache } from './derived-series.ts'
import { groupCache, type GroupSeries } from './group-cache.ts'
import { resumedCache, type ResumedSeries } from './resumed-series.ts'

/** What a query works with: a read-only connection and the columns held of it. */
export interface Reader {
  database: DatabaseSync
  columns: ColumnCache
  derived: ByteCache<Series>
  groups: ByteCache<GroupSeries>
  resumed: ByteCache<ResumedSeries>
}

export function openReader(file: string): Reader {
  const database = openForReading(file)
  return { database, columns: new ColumnCache(database), derived: derivedCache(), groups: groupCache(), resumed: resumedCache() }
}

export interface ProjectRef {
  no: number
  id: string
  name: string
}

/** Finds a project by its id or by the id its format gave it; `not_found` where there is none, `invalid` where several sources have that one. */
export function findProject({ database }: Reader, id: string): ProjectRef {
  const own = database.prepare('select no, id, name from project where id = ?').get(id)
  const rows = own ? [own] : database.prepare('select no, id, name from project where foreign_id = ?').all(id)
  const [row] = rows
  if (!row) {
    const names = database.prepare('select id, name from project').all()
    const near = nearest(
      id,
      names.map(known => String(known['id'])),
    )
    throw new ApiError('not_found', `No project ${id} in this home.`, near === undefined ? {} : { nearest: near })
  }
  if (rows.length > 1) {
    throw new ApiError(
      'invalid',
      `${rows.length} projects have the id ${id} in their own source: ${rows.map(known => String(known['id'])).join(', ')}. Use one of these.`,
    )
  }
  return { no: Number(row['no']), id: String(row['id']), name: String(row['name']) }
}

export interface RunRef {
  no: number
  id: string
  project: number
  foreignId: string
}

/** Finds a run by its id or foreign id, as `findProject` does. */
export function findRun({ database }: Reader, id: string): RunRef {
  const own = statementOf(database, 'select no, id, project, foreign_id from run where id = ?').get(id)
  const rows = own ? [own] : statementOf(database, 'select no, id, project, foreign_id from run where foreign_id = ?').all(id)
  const [row] = rows
  if (!row) throw new ApiError('not_found', `No run ${id} in this home.`)
  if (rows.length > 1) {
    throw new ApiError(
      'invalid',
      `${rows.length} runs with different content have the id ${id}: ${rows.map(known => String(known['id'])).join(', ')}. Use one of these.`,
    )
  }
  return { no: Number(row['no']), id: String(row['id']), project: Number(row['project']), foreignId: String(row['foreign_id']) }
}
