import type { DatabaseSync } from 'node:sqlite'

import type { ReadIssue, SourceState } from '#contract/source.ts'

import { opaqueId } from './identity.ts'

export interface StoredSource {
  no: number
  id: string
  identity: string
  format: string
  path: string
  name: string
  state: SourceState
  runs: number
  points: number
  issues: number
  readMs: number | null
}

/** What the scan says of a source that it found. */
export interface SourceClaim {
  format: string
  path: string
  name: string
  marks: readonly string[]
}

function fromRow(row: Record<string, unknown>): StoredSource {
  return {
    no: Number(row['no']),
    id: String(row['id']),
    identity: String(row['identity']),
    format: String(row['format']),
    path: String(row['path']),
    name: String(row['name']),
    state: row['state'] as SourceState,
    runs: Number(row['runs']),
    points: Number(row['points']),
    issues: Number(row['issues']),
    readMs: row['read_ms'] === null ? null : Number(row['read_ms']),
  }
}

export function listSources(database: DatabaseSync): StoredSource[] {
  return database.prepare('select * from source order by no').all().map(fromRow)
}

export function listIssues(database: DatabaseSync, source: number, limit: number): ReadIssue[] {
  return database
    .prepare('select path, line, reason from issue where source = ? limit ?')
    .all(source, limit)
    .map(row => ({ path: String(row['path']), line: row['line'] === null ? null : Number(row['line']), reason: String(row['reason']) }))
}

/**
 * The source at this path, new or known. A known source of the same format whose folder is `gone` and which shares a mark
 * (or, where there are none, the name) is the same one, moved: it keeps its identity and so its runs their ids.
 */
export function claimSource(database: DatabaseSync, claim: SourceClaim, gone: (path: string) => boolean): StoredSource {
  const marks = JSON.stringify(claim.marks)
  const known = database.prepare('select * from source where path = ?').get(claim.path) ?? findMoved(database, claim, gone)
  if (known) {
    database
      .prepare("update source set path = ?, name = ?, marks = ?, state = 'waiting' where no = ?")
      .run(claim.path, claim.name, marks, Number(known['no']))
    return { ...fromRow(known), path: claim.path, name: claim.name, state: 'waiting' }
  }
  const stem = `${claim.format}:${claim.marks[0] ?? claim.name}`
  let identity = stem
  const taken = database.prepare('select 1 from source where identity = ?')
  for (let copy = 2; taken.get(identity); copy += 1) identity = `${stem}:${copy}`
  const row = database
    .prepare("insert into source (id, identity, format, path, name, marks, state) values (?, ?, ?, ?, ?, ?, 'waiting') returning *")
    .get(opaqueId('source', identity), identity, claim.format, claim.path, claim.name, marks)
  if (!row) throw new Error(`The source ${claim.path} was not stored`)
  return fromRow(row)
}

function findMoved(database: DatabaseSync, claim: SourceClaim, gone: (path: string) => boolean): Record<string, unknown> | undefined {
  return database
    .prepare('select * from source where format = ?')
    .all(claim.format)
    .find(row => {
      const marks = JSON.parse(String(row['marks'])) as string[]
      const same = marks.length > 0 || claim.marks.length > 0 ? marks.some(mark => claim.marks.includes(mark)) : row['name'] === claim.name
      return same && gone(String(row['path']))
    })
}

export interface SourceResult {
  state: SourceState
  runs: number
  points: number
  issues: number
  readMs: number
}

/** Runs that lie in the source, missing ones included, and their points. */
export function countSource(database: DatabaseSync, no: number): { runs: number; points: number } {
  const row = database
    .prepare(
      'select count(*) as runs, coalesce(sum(run.points), 0) as points from place join run on run.no = place.run where place.source = ?',
    )
    .get(no)
  return { runs: Number(row?.['runs']), points: Number(row?.['points']) }
}

/** Ends a reading: what was counted, and the issues in place of those of the reading before. */
export function finishSource(database: DatabaseSync, no: number, result: SourceResult, issues: readonly ReadIssue[]): void {
  database
    .prepare('update source set state = ?, runs = ?, points = ?, issues = ?, read_ms = ? where no = ?')
    .run(result.state, result.runs, result.points, result.issues, result.readMs, no)
  database.prepare('delete from issue where source = ?').run(no)
  const insert = database.prepare('insert into issue values (?, ?, ?, ?)')
  for (const issue of issues) insert.run(no, issue.path, issue.line, issue.reason)
}

/** Marks runs of the source whose files are gone, all but those `seen`; they stay. Returns how many. */
export function markMissing(database: DatabaseSync, no: number, seen: ReadonlySet<string>): number {
  const places = database.prepare('select foreign_id from place where source = ?').all(no)
  const gone = places.map(row => String(row['foreign_id'])).filter(id => !seen.has(id))
  markGone(database, no, gone)
  return gone.length
}

/** Marks runs of the source by their foreign ids; their numbers and the projects that they belong to. */
export function markGone(database: DatabaseSync, no: number, foreignIds: Iterable<string>): { projects: number[]; runs: number[] } {
  const place = database.prepare('update place set missing = 1 where source = ? and foreign_id = ? returning run')
  const run = database.prepare(
    'update run set missing = not exists (select 1 from place where run = ?1 and missing = 0) where no = ?1 returning project',
  )
  const projects = new Set<number>()
  const runs: number[] = []
  for (const foreignId of foreignIds) {
    const placed = place.get(no, foreignId)
    if (!placed) continue
    const marked = Number(placed['run'])
    projects.add(Number(run.get(marked)?.['project']))
    runs.push(marked)
  }
  return { projects: [...projects], runs }
}

/** A run as the source holds it. */
export interface StoredPlace {
  foreignId: string
  path: string
  fingerprint: string
  missing: boolean
  running: boolean
}

/** All runs of a source, missing ones included. */
export function listPlaces(database: DatabaseSync, no: number): StoredPlace[] {
  return database
    .prepare('select place.*, run.status from place join run on run.no = place.run where place.source = ?')
    .all(no)
    .map(row => ({
      foreignId: String(row['foreign_id']),
      path: String(row['path']),
      fingerprint: String(row['fingerprint']),
      missing: row['missing'] === 1,
      running: row['status'] === 'running',
    }))
}

/** Fingerprints of the runs of a source whose files were there at the last reading, by foreign id. */
export function fingerprints(database: DatabaseSync, no: number): Map<string, string> {
  const rows = database.prepare('select foreign_id, fingerprint from place where source = ?').all(no)
  return new Map(rows.map(row => [String(row['foreign_id']), String(row['fingerprint'])]))
}
