import { constants, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readlink, realpath } from 'node:fs/promises'
import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'

import type { ArtifactPlace } from './services.ts'

const maxPathBytes = 4_096
const maxSegmentBytes = 255

/** A regular file that was checked and is open; whoever gets it closes the handle. */
export interface OpenFile {
  handle: FileHandle
  /** Bytes. */
  size: number
  /** Nanoseconds since the epoch. */
  modified: bigint
}

/**
 * Segments of a relative path with `/` between them, decoded by the caller; `''` gives none. Throws `invalid` for what could
 * lead elsewhere on some platform, and `forbidden` for hidden names (`.env`, `.git`), which are nobody's artifacts.
 */
export function pathSegments(relative: string): string[] {
  if (relative === '') return []
  if (Buffer.byteLength(relative) > maxPathBytes) throw refused(`be longer than ${maxPathBytes} bytes`)
  if (/[\p{Cc}\\]/u.test(relative) || !relative.isWellFormed()) throw refused('hold control characters or backslashes')
  if (/^[a-z]:/i.test(relative)) throw refused('begin with a drive letter')
  const segments = relative.split('/')
  for (const segment of segments) {
    if (segment === '') throw refused('begin or end with a slash, or hold two in a row')
    if (segment === '.' || segment === '..') throw refused('hold "." or ".." segments')
    if (Buffer.byteLength(segment) > maxSegmentBytes) throw refused(`hold a name longer than ${maxSegmentBytes} bytes`)
    if (process.platform === 'win32' && /[:*?"<>|]|[. ]$/.test(segment)) throw refused('hold a name that Windows reads as another one')
  }
  if (segments.some(isHidden)) throw new ApiError('forbidden', 'Hidden files and folders are not served.')
  return segments
}

/**
 * The real, absolute path of something below the root of a place, every symbolic link resolved. Throws `not_found` alike for what is
 * not there and for what lies outside, so that the answer does not tell which files exist elsewhere.
 */
export async function resolveInside(place: ArtifactPlace, relative: string): Promise<string> {
  const segments = pathSegments(relative)
  try {
    const [inside, root] = await Promise.all([realpath(place.inside), realpath(place.root)])
    const real = await realpath(path.join(root, ...segments))
    if (!isServed(real, root, inside)) throw notFound()
    return real
  } catch (error) {
    throw asApiError(error)
  }
}

/** Opens a regular file below the root of a place. A FIFO would block and a device act on being opened, so both are refused before. */
export async function openInside(place: ArtifactPlace, relative: string): Promise<OpenFile> {
  if (relative === '') throw refused('be empty')
  const real = await resolveInside(place, relative)
  let handle: FileHandle | undefined
  try {
    const before = await lstat(real)
    if (!before.isFile()) throw notAFile(before)
    handle = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    const stats = await handle.stat({ bigint: true })
    if (!stats.isFile() || !(await isStillInside(handle, stats, real, place))) throw notFound()
    return { handle, size: Number(stats.size), modified: stats.mtimeNs }
  } catch (error) {
    await handle?.close()
    throw asApiError(error)
  }
}

/** A folder of the path may have become a link after it was resolved: asks where the file that is open now really lies. */
async function isStillInside(
  handle: FileHandle,
  stats: { dev: bigint; ino: bigint },
  real: string,
  place: ArtifactPlace,
): Promise<boolean> {
  const [inside, root] = await Promise.all([realpath(place.inside), realpath(place.root)])
  if (process.platform === 'linux') return isServed(await readlink(`/proc/self/fd/${handle.fd}`), root, inside)
  const now = await lstat(real, { bigint: true })
  return now.dev === stats.dev && now.ino === stats.ino && (await realpath(real)) === real && isServed(real, root, inside)
}

/** Below the root nothing hidden is served; a link to elsewhere in the source may not lead to something hidden either. */
function isServed(real: string, root: string, inside: string): boolean {
  if (!isWithin(inside, root) || !isWithin(inside, real)) return false
  return !path
    .relative(isWithin(root, real) ? root : inside, real)
    .split(path.sep)
    .some(isHidden)
}

function isWithin(folder: string, target: string): boolean {
  const relative = path.relative(folder, target)
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative)
}

function isHidden(name: string): boolean {
  return name.startsWith('.')
}

function refused(fault: string): ApiError {
  return new ApiError('invalid', `A path must not ${fault}.`, { expected: 'a path below the folder, with / between names' })
}

function notFound(): ApiError {
  return new ApiError('not_found', 'There is no such file.')
}

function notAFile(stats: Stats): ApiError {
  return stats.isDirectory() ? new ApiError('invalid', 'That is a folder, not a file.') : notFound()
}

/** Messages of Node's own errors hold absolute paths, so none of them is passed on. */
function asApiError(error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error
  const { code } = error
  if (code === 'EACCES' || code === 'EPERM') return new ApiError('forbidden', 'This file may not be read by the user who runs Readout.')
  if (code === 'EMFILE' || code === 'ENFILE') return new ApiError('unavailable', 'Too many files are open; try again in a moment.')
  if (code === 'EIO' || code === 'ESTALE') return new ApiError('unavailable', 'The disk did not answer; try again in a moment.')
  return notFound()
}
