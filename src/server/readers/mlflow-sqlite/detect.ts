import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

import type { FileKind } from '#server/readers/reader.ts'

import { databaseFault, NotDatabaseError } from './database-error.ts'
import { stateOf } from './file-state.ts'
import { OpenDatabase } from './open-database.ts'

const ending = /\.(?:db|sqlite3?)$/i
/** MLflow's own names: what is named so and cannot be read is told, not passed over. */
const usualName = /^(?:mlflow|mlruns)\.(?:db|sqlite3?)$/i

/** By its name, may it be a database? */
export function mayBeDatabase(name: string): boolean {
  return ending.test(name)
}

/**
 * What a file is. Any database with MLflow's tables is a source; so is a file with MLflow's own name that has no table yet or cannot be
 * read, since what is wrong with it belongs to it, and it may become good.
 */
export function kindOfDatabase(file: string, name: string): FileKind {
  const isUsual = usualName.test(name)
  const none = (reason: string): FileKind => ({ reason, isNamedSo: isUsual })
  try {
    const state = stateOf(file)
    if (state && !state.isSqlite) throw new NotDatabaseError(state.size)
    return peek(file, open => {
      if (isMlflow(open)) return 'source'
      const tables = open.tableNames()
      // Tables that were just made may lie in a log beside the file.
      if (tables.length === 0 && isUsual) return 'source'
      return none(foreignReason(tables))
    })
  } catch (error) {
    return isUsual ? 'source' : none(databaseFault(error))
  }
}

export function foreignReason(tables: readonly string[]): string {
  if (tables.length === 0) return 'is an SQLite database without a table: MLflow has written nothing into it'
  const named = tables.slice(0, 4).join(', ') + (tables.length > 4 ? ' …' : '')
  return `is an SQLite database of another program (its tables: ${named}), not of MLflow`
}

/** Every revision has these two; nothing else has both with these columns. */
export function isMlflow(open: OpenDatabase): boolean {
  return open.column('runs', 'run_uuid') !== 'null' && open.column('experiments', 'experiment_id') !== 'null'
}

/** A quick look at what the file itself holds, without what lies in a log beside it. Throws SQLite's error. */
export function peek<Result>(file: string, look: (open: OpenDatabase) => Result): Result {
  const database = new DatabaseSync(new URL(`${pathToFileURL(file).href}?immutable=1`), { readOnly: true })
  try {
    return look(new OpenDatabase(database, '', false))
  } finally {
    database.close()
  }
}
