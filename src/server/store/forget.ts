import type { DatabaseSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'

import type { RunWriter } from './write-run.ts'

/** Removes a source and the runs that lie nowhere else. `name` is its path, id or name; throws `not_found` or, where it fits several, `invalid`. */
export function forgetSource(database: DatabaseSync, runs: RunWriter, name: string): { path: string; runs: number } {
  const found = database.prepare('select no, path from source where path = ?1 or id = ?1 or name = ?1').all(name)
  const [source] = found
  if (!source) {
    const known = database.prepare('select path from source order by path').all()
    throw new ApiError('not_found', `No source ${name} in this home. It has: ${known.map(row => String(row['path'])).join(', ') || 'none'}`)
  }
  if (found.length > 1) throw new ApiError('invalid', `${name} is the name of ${found.length} sources. Give the path.`)
  const no = Number(source['no'])
  const own = database
    .prepare('select run.no, run.project from run join place on place.run = run.no where place.source = ?')
    .all(no)
    .filter(row => database.prepare('select count(*) as n from place where run = ?').get(Number(row['no']))?.['n'] === 1)
  for (const row of own) {
    runs.clear(Number(row['no']), Number(row['project']))
    database.prepare('delete from run where no = ?').run(Number(row['no']))
  }
  for (const table of ['place', 'issue', 'model', 'registered_model']) database.prepare(`delete from ${table} where source = ?`).run(no)
  database.prepare('delete from project where source = ? and not exists (select 1 from run where run.project = project.no)').run(no)
  database.prepare('delete from source where no = ?').run(no)
  return { path: String(source['path']), runs: own.length }
}
