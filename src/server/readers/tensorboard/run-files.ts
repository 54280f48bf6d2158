import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

import { isEventFile } from './event-files.ts'

/** Raised when the reader reads something differently, so that runs stored by an earlier one are read anew. */
export const readerVersion = 2
/** Files that changed within this time may still be written. */
const stillMs = 10 * 60_000
const hparamsName = 'hparams.yaml'

export interface RunFile {
  name: string
  /** Absolute. */
  path: string
  size: number
  /** Milliseconds since the epoch. */
  modified: number
  inode: number
}

export interface RunFiles {
  /** In the order in which they are read. */
  events: RunFile[]
  /** What Lightning writes beside them. */
  hparams: RunFile | null
  /** A file changed within the last ten minutes. */
  fresh: boolean
  /** Hash over names, sizes and times of change, and over `fresh`: a run that has become quiet is read once more, for its status. */
  fingerprint: string
}

/** Looks at the files of a run's folder; links are not followed. Throws the system's error where it cannot be listed. */
export function listRunFiles(directory: string, now = Date.now()): RunFiles {
  const entries = readdirSync(directory, { withFileTypes: true }).filter(entry => entry.isFile())
  const look = (name: string): RunFile[] => {
    const file = path.join(directory, name)
    const stats = statSync(file, { throwIfNoEntry: false })
    return stats ? [{ name, path: file, size: stats.size, modified: stats.mtimeMs, inode: stats.ino }] : []
  }
  const names = entries.map(({ name }) => name)
  const events = names.filter(isEventFile).sort().flatMap(look)
  const [hparams = null] = names.includes(hparamsName) ? look(hparamsName) : []
  const fresh = events.some(({ modified }) => now - modified < stillMs)
  const looks = [...events, ...(hparams ? [hparams] : [])].map(({ name, size, modified }) => [name, size, modified])
  const fingerprint = createHash('sha1')
    .update(JSON.stringify([readerVersion, fresh, looks]))
    .digest('hex')
  return { events, hparams, fresh, fingerprint }
}

/** Is the last event no older than files that are still written have it? `last` in seconds since the epoch. */
export function isRecent(last: number, now = Date.now()): boolean {
  return Math.abs(now - last * 1000) < stillMs
}
