import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'

/** `statfs` types on which SQLite's WAL is unsafe: NFS, SMB, CIFS, SMB2, FUSE, Lustre, AFS, Ceph. */
const networkFileSystems = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546, 0x0bd00bd0, 0x5346414f, 0x00c36400])

export interface Home {
  directory: string
  database: string
  /** Why the home is not beside the runs; null where it is. */
  elsewhere: string | null
}

function onNetwork(directory: string): boolean {
  try {
    return networkFileSystems.has(statfsSync(directory).type)
  } catch {
    return false
  }
}

function dataDirectory(): string {
  const base = process.env['XDG_DATA_HOME']
  return path.join(base && path.isAbsolute(base) ? base : path.join(os.homedir(), '.local', 'share'), 'readout')
}

/** A folder without any write bit counts as read-only for root too, who could write there but was asked not to. */
function writable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK)
    return (statSync(directory).mode & 0o222) !== 0
  } catch {
    return false
  }
}

/** Folder that a path's home lies in: the parent of the folder or file, since `.readout` stands beside the runs, never among them. */
function besideOf(first: string): string {
  return path.dirname(first)
}

/**
 * Where the home is: `--home`, else `.readout` beside the first path, else below the user's data folder (of the demo, on a
 * network file system, or where nothing can be written).
 */
export function locateHome(paths: readonly string[], given: string | undefined): Home {
  const at = (directory: string, elsewhere: string | null): Home => ({ directory, database: path.join(directory, 'readout.db'), elsewhere })
  if (given) return at(given, null)
  const [first] = paths
  if (!first) return at(path.join(dataDirectory(), 'demo'), null)
  const beside = besideOf(first)
  const fallback = path.join(dataDirectory(), createHash('sha256').update(first).digest('hex').slice(0, 12))
  const existing = path.join(beside, '.readout')
  if (!existsSync(beside)) return at(fallback, `${beside} is not there`)
  if (onNetwork(beside)) return at(fallback, `${beside} is on a network file system`)
  if (!writable(existsSync(existing) ? existing : beside)) return at(fallback, `${beside} cannot be written`)
  return at(existing, null)
}

export interface HomeLock {
  /** Tells others where this server is, for as long as the lock is held. */
  announce: (url: string) => void
  release: () => void
}

/** Takes the home for this process; freed by the kernel when it ends, however it ends. Throws `conflict` naming the other server. */
export function lockHome(home: Home): HomeLock {
  try {
    mkdirSync(home.directory, { recursive: true })
  } catch (error) {
    throw new ApiError('invalid', `The home ${home.directory} cannot be made: ${error instanceof Error ? error.message : String(error)}`)
  }
  const ignore = path.join(home.directory, '.gitignore')
  if (!existsSync(ignore)) writeFileSync(ignore, '*\n!.gitignore\n!reports/\n!reports/**\n')
  const urlFile = path.join(home.directory, 'url')
  const database = new DatabaseSync(path.join(home.directory, 'lock.db'), { timeout: 0 })
  try {
    database.exec('pragma journal_mode = delete; begin exclusive')
  } catch {
    database.close()
    const url = existsSync(urlFile) ? readFileSync(urlFile, 'utf8').trim() : ''
    throw new ApiError('conflict', `Another Readout has ${home.directory} open${url ? `: ${url}` : ', and is just starting'}`)
  }
  rmSync(urlFile, { force: true })
  return {
    announce: url => writeFileSync(urlFile, `${url}\n`),
    release: () => {
      rmSync(urlFile, { force: true })
      database.close()
    },
  }
}
