import { DatabaseSync, type StatementSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'

import { migrations } from './schema.ts'

/** Marks a file as a Readout home: "RDOT". */
const applicationId = 0x52444f54
/** Two connections that checkpointed at once could lose a WAL frame before this release of SQLite. */
const leastSqlite = [3, 51, 3] as const

function pragma(database: DatabaseSync, name: string): number {
  return Number(Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0])
}

function assertSqlite(database: DatabaseSync): void {
  const text = String(database.prepare('select sqlite_version() as version').get()?.['version'])
  const version = text.split('.').map(Number)
  for (const [index, least] of leastSqlite.entries()) {
    const part = version[index] ?? 0
    if (part > least) return
    if (part < least) throw new Error(`SQLite ${leastSqlite.join('.')} or newer is needed; this Node brings ${text}.`)
  }
}

function migrate(database: DatabaseSync, file: string): void {
  const version = pragma(database, 'user_version')
  if (version > migrations.length) {
    throw new ApiError(
      'conflict',
      `${file} was written by a newer Readout (layout ${version}, this one knows up to ${migrations.length}). Nothing was changed; use the newer Readout or another --home.`,
    )
  }
  for (const [index, statements] of migrations.entries()) {
    if (index < version) continue
    database.exec('begin immediate')
    database.exec(statements)
    database.exec(`pragma user_version = ${index + 1}`)
    database.exec('commit')
  }
}

/**
 * Opens the one write connection of a home and brings its layout up to date. A commit is durable when it returns.
 * Throws `conflict` for a file of a newer Readout, which is left as it is, and for a database that is not ours.
 */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file)
  assertSqlite(database)
  const owner = pragma(database, 'application_id')
  const isNew = pragma(database, 'schema_version') === 0
  if (!isNew && owner !== applicationId) throw new ApiError('conflict', `${file} is not a Readout database.`)
  if (isNew) database.exec('pragma page_size = 8192')
  if (pragma(database, 'user_version') <= migrations.length) {
    database.exec(`pragma journal_mode = wal; pragma synchronous = full; pragma application_id = ${applicationId}`)
    database.exec('pragma cache_size = -65536; pragma wal_autocheckpoint = 4000; pragma temp_store = memory')
  }
  migrate(database, file)
  return database
}

/** A read-only connection to a home that `openForWriting` has prepared. */
export function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true })
  database.exec('pragma cache_size = -65536; pragma query_only = 1; pragma temp_store = memory')
  return database
}

/** SQLite's result code for a disk or file that is full. */
const sqliteFull = 13

/** Runs `work` in one transaction; an error rolls it back and is thrown on, a full disk as `unavailable`. */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (error) {
    // SQLite has rolled back by itself where the disk was full.
    if (database.isTransaction) database.exec('rollback')
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteFull) {
      throw new ApiError('unavailable', 'The disk of the home is full. Nothing of this was stored; free some room and send it again.')
    }
    throw error
  }
}

/** Runs reading `work` on one state of the store: what another connection commits meanwhile is not seen. */
export function snapshot<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('begin')
  try {
    return work()
  } finally {
    if (database.isTransaction) database.exec('commit')
  }
}

const statements = new WeakMap<DatabaseSync, Map<string, StatementSync>>()

/** A statement of a connection, prepared once: for queries that run many times a request. Its rows are to be read to the end before it runs again. */
export function statementOf(database: DatabaseSync, sql: string): StatementSync {
  const known = statements.get(database) ?? new Map<string, StatementSync>()
  statements.set(database, known)
  const before = known.get(sql)
  if (before) return before
  const statement = database.prepare(sql)
  known.set(sql, statement)
  return statement
}
