import type { SourceWatch } from '#server/readers/reader.ts'

/** Folders that are looked at each time because something happened there, or lies below them, lately. */
const warmMs = 10 * 60_000
const folderLimit = 12
/** Others are looked at so many at a time, or all of them within this many looks. */
const coldAtOnce = 100
const looksPerRound = 30
/** A folder that changed is listed again for so long: times of change are coarser than what happens. */
const settleMs = 1_500

interface Folder {
  stamp: string | null
  runs: Set<string>
  folders: Set<string>
  pending: boolean
  changedAt: number
  /** When it is listed no more unless its stamp changes. */
  settled: number
}

export interface FolderChanges {
  /** Folders whose own records are to be read again. */
  changed: string[]
  /** Paths of runs that came, or may have gone: what was listed before is listed no more. */
  came: string[]
  left: string[]
  /** Folders that were looked at. */
  looked: number
}

const none = (): FolderChanges => ({ changed: [], came: [], left: [], looked: 0 })

/** The folders of a source in which runs come and go, looked at by their time of change. */
export class WatchedFolders {
  readonly #watch: SourceWatch
  readonly #mayEnter: (folder: string) => boolean
  readonly #folders = new Map<string, Folder>()
  #next = 0

  /** `mayEnter` is asked of a folder before it is looked at for the first time. */
  constructor(watch: SourceWatch, mayEnter: (folder: string) => boolean) {
    this.#watch = watch
    this.#mayEnter = mayEnter
  }

  get paths(): string[] {
    return [...this.#folders.keys()]
  }

  /** All folders, and as `came` all runs. */
  start(): FolderChanges {
    const changes = none()
    this.#enter('', 0, changes)
    return changes
  }

  /** Looks at the folders that are due; `active` are those of runs that go on. */
  look(active: ReadonlySet<string>, now = Date.now()): FolderChanges {
    const changes = none()
    const cold: string[] = []
    for (const [name, folder] of this.#folders) {
      const isWarm = name === '' || folder.pending || active.has(name) || now - folder.changedAt < warmMs
      if (isWarm) this.#lookAt(name, folder, changes, now)
      else cold.push(name)
    }
    const count = Math.min(cold.length, Math.max(coldAtOnce, Math.ceil(cold.length / looksPerRound)))
    for (let at = 0; at < count; at += 1) {
      const name = cold[(this.#next + at) % cold.length] ?? ''
      const folder = this.#folders.get(name)
      if (folder) this.#lookAt(name, folder, changes, now)
    }
    this.#next = cold.length === 0 ? 0 : (this.#next + count) % cold.length
    return changes
  }

  #lookAt(name: string, folder: Folder, changes: FolderChanges, now: number): void {
    changes.looked += 1
    const stamp = this.#watch.stamp(name)
    if (stamp === folder.stamp && !folder.pending && now > folder.settled) return
    if (stamp === null) {
      if (name !== '') this.#folders.delete(name)
      changes.left.push(...folder.runs)
      Object.assign(folder, { stamp, runs: new Set<string>() })
      return
    }
    // Something that comes while the folder is listed changes its stamp anew: so that is taken before.
    if (stamp !== folder.stamp) {
      folder.changedAt = now
      folder.settled = now + settleMs
      changes.changed.push(name)
    }
    folder.stamp = stamp
    this.#list(name, folder, changes)
  }

  #enter(name: string, now: number, changes: FolderChanges): void {
    if (this.#folders.has(name) || name.split('/').length > folderLimit) return
    const stamp = this.#watch.stamp(name)
    const folder: Folder = { stamp, runs: new Set(), folders: new Set(), pending: false, changedAt: now, settled: Date.now() + settleMs }
    this.#folders.set(name, folder)
    changes.changed.push(name)
    this.#list(name, folder, changes)
  }

  #list(name: string, folder: Folder, changes: FolderChanges): void {
    const { folders, runs, pending } = this.#watch.list(name)
    const now = new Set(runs)
    changes.came.push(...runs.filter(run => !folder.runs.has(run)))
    changes.left.push(...[...folder.runs].filter(run => !now.has(run)))
    Object.assign(folder, { runs: now, pending })
    for (const below of folders) {
      if (folder.folders.has(below)) {
        if (this.#folders.has(below)) continue
      } else folder.folders.add(below)
      if (this.#mayEnter(below)) this.#enter(below, folder.changedAt, changes)
    }
  }
}
