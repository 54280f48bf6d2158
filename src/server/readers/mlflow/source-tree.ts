import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { sep } from 'node:path'

import type { IssueRecord } from '#server/readers/record.ts'
import { isGone, readFaultReason } from '#server/readers/text-file.ts'

export interface TreeEntry {
  name: string
  /** Absolute; of a link its target, so that it can be opened without following links. */
  path: string
}

export interface Listing {
  folders: TreeEntry[]
  files: TreeEntry[]
}

/** Files that systems and tools leave in folders: never a metric, param or tag. */
const litter = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.git(?:keep|ignore|attributes)|\._.*|\.nfs[0-9a-f]+)$/
const depthLimit = 64

/** The folders of one source. Links are followed only to places inside it; what cannot be listed becomes an issue. */
export class SourceTree {
  readonly root: string
  readonly issues: IssueRecord[] = []
  readonly #realRoot: string
  /** Targets of the folder links followed since `forgetLinks`: each is followed once, so that a loop ends. */
  readonly #followed = new Set<string>()

  constructor(root: string) {
    this.root = root
    this.#realRoot = realpathSync(root)
  }

  issue(path: string, line: number | null, reason: string): void {
    this.issues.push({ type: 'issue', path, line, reason })
  }

  /** Takes the issues noted so far. */
  takeIssues(): IssueRecord[] {
    return this.issues.splice(0)
  }

  forgetLinks(): void {
    this.#followed.clear()
  }

  /** What lies directly in a folder, sorted by name; nothing where it cannot be listed. */
  list(directory: string): Listing {
    const listing: Listing = { folders: [], files: [] }
    for (const entry of this.#read(directory)) {
      const { name } = entry
      const path = `${directory}/${name}`
      if (entry.isFile()) {
        if (!litter.test(name)) listing.files.push({ name, path })
      } else if (entry.isDirectory()) listing.folders.push({ name, path })
      else if (entry.isSymbolicLink()) this.#addLink(listing, name, path)
      else this.issue(path, null, 'is neither a file nor a folder')
    }
    return listing
  }

  /** All files below a folder with their names relative to it: MLflow keeps the key `val/acc` as `acc` in the folder `val`. */
  listDeep(directory: string): TreeEntry[] {
    const found: TreeEntry[] = []
    this.#collect(directory, '', 0, found)
    return found
  }

  #collect(directory: string, prefix: string, depth: number, found: TreeEntry[]): void {
    if (depth > depthLimit) {
      this.issue(directory, null, `is nested more than ${depthLimit} folders deep`)
      return
    }
    const { folders, files } = this.list(directory)
    for (const { name, path } of files) found.push({ name: prefix + name, path })
    for (const { name, path } of folders) this.#collect(path, `${prefix}${name}/`, depth + 1, found)
  }

  #read(directory: string): Dirent[] {
    try {
      return readdirSync(directory, { withFileTypes: true }).sort(byName)
    } catch (error) {
      if (!isGone(error)) this.issue(directory, null, readFaultReason(error))
      return []
    }
  }

  #addLink(listing: Listing, name: string, path: string): void {
    try {
      const target = realpathSync(path)
      if (target !== this.#realRoot && !target.startsWith(this.#realRoot + sep)) {
        this.issue(path, null, `is a link to ${target}, outside the folder that is read; not followed`)
        return
      }
      const stats = statSync(target)
      if (stats.isFile()) listing.files.push({ name, path: target })
      else if (!stats.isDirectory()) this.issue(path, null, 'is a link to something that is neither a file nor a folder')
      else if (this.#followed.has(target) || path.startsWith(target + sep))
        this.issue(path, null, `is a link to ${target}, which was read already`)
      else {
        this.#followed.add(target)
        listing.folders.push({ name, path: target })
      }
    } catch (error) {
      this.issue(
        path,
        null,
        isGone(error) ? 'is a link that leads nowhere' : `is a link that could not be followed: ${readFaultReason(error)}`,
      )
    }
  }
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
}
