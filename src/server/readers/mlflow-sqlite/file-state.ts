import { closeSync, statSync } from 'node:fs'

import { isGone, openForReading, readFully, statRegular } from '#server/readers/text-file.ts'

/** What lies beside a database that its own file does not hold yet, or not any more. */
export type Beside = 'nothing' | 'wal' | 'journal'

export interface FileState {
  /** Another one after each commit, of whatever program. */
  stamp: string
  /** The same for the database's own file alone. */
  main: string
  size: number
  /** It begins as SQLite's files do, which SQLite itself does not mind of a short one. */
  isSqlite: boolean
  beside: Beside
  /** The journal beside it is that of a commit that goes on just now. */
  isCommitting: boolean
}

/** Where SQLite counts the transactions that changed the file (file format, 1.3). */
const counterAt = 24
const walHeader = 32
const magic = 'SQLite format 3\0'
const journalMagic = 'd9d505f920a163d7'
/** A journal that was not written to for so many ms was left by a program that ended. */
const leftMs = 2_000

/** How a database and what belongs to it look on the disk; null where it is not there. Throws the system's error. */
export function stateOf(file: string): FileState | null {
  const header = look(file, counterAt + 4)
  if (!header) return null
  const main = `${header.stamp} ${header.bytes.subarray(counterAt).toString('hex')}`
  const wal = look(`${file}-wal`, walHeader)
  const journal = look(`${file}-journal`, 8)
  const isHot = journal !== null && journal.bytes.toString('hex') === journalMagic
  const beside: Beside = wal && wal.size > walHeader ? 'wal' : isHot ? 'journal' : 'nothing'
  const walStamp = wal ? `${wal.stamp} ${wal.bytes.toString('hex')}` : ''
  const isCommitting = beside === 'journal' && Math.abs(Date.now() - (journal?.modified ?? 0)) < leftMs
  const isSqlite = header.bytes.toString('latin1', 0, magic.length) === magic
  return { stamp: `${main} ${walStamp} ${isHot ? journal.stamp : ''}`, main, size: header.size, isSqlite, beside, isCommitting }
}

interface Look {
  stamp: string
  size: number
  /** Milliseconds since the epoch. */
  modified: number
  /** Of its head. */
  bytes: Buffer
}

function look(file: string, length: number): Look | null {
  // Most databases have nothing beside them: asking first spares an exception each.
  if (!statSync(file, { throwIfNoEntry: false })) return null
  let descriptor: number
  try {
    descriptor = openForReading(file)
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
  try {
    const { size, mtimeMs: modified, ino } = statRegular(descriptor)
    const bytes = Buffer.alloc(length)
    return { stamp: `${modified} ${size} ${ino}`, size, modified, bytes: bytes.subarray(0, readFully(descriptor, bytes, 0, length, 0)) }
  } finally {
    closeSync(descriptor)
  }
}
