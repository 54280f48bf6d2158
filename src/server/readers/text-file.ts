import { constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'

/**
 * A link put in place of a file between listing and opening is refused (`O_NOFOLLOW`), and a pipe does not block the reader
 * (`O_NONBLOCK`). Windows knows neither flag.
 */
const readFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Opens a file for reading; throws the system's error where it cannot be opened, for a link as well. The caller closes it. */
export function openForReading(path: string): number {
  return openSync(path, readFlags)
}

/** What the open file is. Throws for all but regular files: a device or a pipe has no end. */
export function statRegular(descriptor: number): Stats {
  const stats = fstatSync(descriptor)
  if (!stats.isFile()) throw new NotRegularError()
  return stats
}

/** Fills `target` from `position` on; returns how many bytes there were, fewer than asked for at the file's end. */
export function readFully(descriptor: number, target: Buffer, start: number, length: number, position: number): number {
  let filled = 0
  while (filled < length) {
    const count = readSync(descriptor, target, start + filled, length - filled, position + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

export class NotRegularError extends Error {
  constructor() {
    super('is not a regular file')
    this.name = 'NotRegularError'
  }
}

const reasons: Record<string, string> = {
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'is a link, which is not followed',
  EISDIR: 'is a folder where a file was expected',
  ENOTDIR: 'is a file where a folder was expected',
  ENAMETOOLONG: 'its path is longer than the system allows',
  EIO: 'the disk or the network failed while it was read',
  ESTALE: 'the network file system lost it while it was read',
}

/** Code of a system error (`EACCES`), empty for any other error. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}

/** Is it simply not there (any more)? Folders change while they are read. */
export function isGone(error: unknown): boolean {
  return errorCode(error) === 'ENOENT'
}

/** Why a file or folder could not be read, in words that fit behind its path. */
export function readFaultReason(error: unknown): string {
  if (error instanceof NotRegularError) return error.message
  const code = errorCode(error)
  if (code === '') return `could not be read: ${error instanceof Error ? error.message : String(error)}`
  return reasons[code] ?? `could not be read (${code})`
}

/** Text of UTF-8 bytes; of others, read as Latin-1 so that none is lost, with `valid` false. */
export function decodeText(bytes: Buffer, start: number, end: number): { text: string; valid: boolean } {
  const text = bytes.toString('utf8', start, end)
  if (!text.includes('\uFFFD')) return { text, valid: true }
  // The text may really contain U+FFFD: only then do its bytes come back the same.
  const valid = Buffer.from(text, 'utf8').equals(bytes.subarray(start, end))
  return { text: valid ? text : bytes.toString('latin1', start, end), valid }
}
