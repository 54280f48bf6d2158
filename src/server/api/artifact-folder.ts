import type { Dirent } from 'node:fs'
import { lstat, opendir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'
import type { ArtifactEntry, ArtifactFolder } from '#contract/artifact.ts'

import { mediaKind } from './media-types.ts'
import { pathSegments, resolveInside } from './paths.ts'
import type { ArtifactPlace } from './services.ts'

export const maxEntries = 5_000
/** Entries looked at together: enough to keep the disk busy, few enough that other requests come in between. */
const batchSize = 64

/**
 * One folder below the root of a place, folders first. Lists exactly what can be opened: no hidden names, no links that lead outside,
 * no sockets or devices. An entry that cannot be read is left out, it never fails the listing.
 */
export async function listFolder(place: ArtifactPlace | null, relative: string): Promise<ArtifactFolder> {
  const segments = pathSegments(relative)
  const real = place && (await resolveInside(place, relative).catch(error => missingRoot(error, relative)))
  if (!place || real === null) {
    if (relative !== '') throw new ApiError('not_found', 'There is no such folder.')
    return { path: '', entries: [], exists: false, truncated: false }
  }
  if (!(await stat(real)).isDirectory()) throw new ApiError('invalid', 'That is a file, not a folder.')
  const { dirents, truncated } = await readEntries(real)
  const entries: (ArtifactEntry | null)[] = []
  for (let at = 0; at < dirents.length; at += batchSize) {
    const batch = dirents.slice(at, at + batchSize)
    entries.push(...(await Promise.all(batch.map(dirent => describe(place, real, segments, dirent)))))
  }
  // A folder that was swapped for a link meanwhile would have shown names from elsewhere.
  if ((await realpath(real)) !== real) throw new ApiError('not_found', 'There is no such folder.')
  return { path: relative, entries: entries.filter(entry => entry !== null).sort(compareEntries), exists: true, truncated }
}

function missingRoot(error: unknown, relative: string): null {
  if (relative === '' && error instanceof ApiError && error.kind === 'not_found') return null
  throw error
}

async function readEntries(folder: string): Promise<{ dirents: Dirent[]; truncated: boolean }> {
  const dirents: Dirent[] = []
  for await (const dirent of await opendir(folder, { bufferSize: 1_024 })) {
    if (dirents.length === maxEntries) return { dirents, truncated: true }
    dirents.push(dirent)
  }
  return { dirents, truncated: false }
}

async function describe(place: ArtifactPlace, real: string, parents: string[], { name }: Dirent): Promise<ArtifactEntry | null> {
  const relative = [...parents, name].join('/')
  try {
    pathSegments(relative)
    const found = await lstat(path.join(real, name))
    const stats = found.isSymbolicLink() ? await lstat(await resolveInside(place, relative)) : found
    if (stats.isDirectory()) return { name, path: relative, directory: true, size: 0, type: '', preview: 'none' }
    if (!stats.isFile()) return null
    const { type, preview } = mediaKind(name)
    return { name, path: relative, directory: false, size: stats.size, type, preview }
  } catch {
    return null
  }
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Numbers inside names by their value (`epoch-2` before `epoch-10`); twins that differ only in case or accents by code unit. */
function compareEntries(a: ArtifactEntry, b: ArtifactEntry): number {
  return Number(b.directory) - Number(a.directory) || collator.compare(a.name, b.name) || (a.name < b.name ? -1 : 1)
}
