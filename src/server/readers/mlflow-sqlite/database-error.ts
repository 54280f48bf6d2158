import { errorCode, readFaultReason } from '#server/readers/text-file.ts'

/** The database changed each time that it was read. */
export class BusyError extends Error {
  constructor() {
    super('is written to without a pause; what could not be read is read again when it rests')
    this.name = 'BusyError'
  }
}

/** The file is none of SQLite's. */
export class NotDatabaseError extends Error {
  constructor(size: number) {
    super(size === 0 ? 'is empty: MLflow has written nothing into it yet' : notDatabaseReason)
    this.name = 'NotDatabaseError'
  }
}

const notDatabaseReason = 'is not an SQLite database, or is encrypted: give the file that MLflow writes'

/** SQLite's result codes for a damaged file and for a file that is no database. */
const damaged = 11
const notDatabase = 26

/** SQLite's primary result code; 0 for any other error. */
function resultCode(error: unknown): number {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : 0
}

/** What is wrong with a database and what to do, in words that fit behind its path. */
export function databaseFault(error: unknown): string {
  if (error instanceof BusyError || error instanceof NotDatabaseError) return error.message
  const code = resultCode(error)
  if (code === notDatabase) return notDatabaseReason
  const message = error instanceof Error ? error.message : String(error)
  if (code === damaged) return `is damaged (${message}): restore it from a backup, or save what it holds with sqlite3's .recover`
  if (errorCode(error) === 'ERR_SQLITE_ERROR') return `could not be read: ${message}`
  return readFaultReason(error)
}
