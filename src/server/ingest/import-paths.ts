import { statSync } from 'node:fs'
import { sep } from 'node:path'

import type { ReadIssue } from '#contract/source.ts'
import type { FoundSource } from '#server/readers/reader.ts'
import { readerOf } from '#server/readers/registry.ts'
import type { Caller } from '#server/store/threads.ts'

import { importSource, type SourceProgress } from './import-source.ts'
import { scan } from './scan.ts'
import { SourceWatcher } from './watch-source.ts'
import type { WriterService } from './writer.ts'

/** What an import tells while it goes on. */
export type ImportEvent =
  | { type: 'scanning' }
  | { type: 'found'; source: FoundSource }
  | { type: 'source'; progress: SourceProgress }
  /** A path given that led to no source, or what was passed over below it. */
  | { type: 'path'; issue: ReadIssue }
  | { type: 'done' }

/** The sources below the paths that a user gave: read when they are found, and watched from then on. */
export class PathSources {
  readonly watchers: SourceWatcher[] = []
  readonly #paths: readonly string[]
  readonly #write: Caller<WriterService>
  readonly #tell: (event: ImportEvent) => void
  readonly #copies: string
  /** Folders and files of all sources found so far. */
  readonly #known: string[] = []
  /** Of sources that could not be read, how their files looked: they are read again when that changes. */
  readonly #failed = new Map<string, string>()

  /** `copies` as in `ReadOptions`. */
  constructor(paths: readonly string[], write: Caller<WriterService>, tell: (event: ImportEvent) => void, copies: string) {
    this.#paths = paths
    this.#write = write
    this.#tell = tell
    this.#copies = copies
  }

  /** Looks for sources below the paths, then reads them one after the other. */
  async read(): Promise<void> {
    const since = Date.now()
    const found: FoundSource[] = []
    this.#tell({ type: 'scanning' })
    scan(
      this.#paths,
      source => {
        found.push(source)
        this.#tell({ type: 'found', source })
      },
      issue => this.#tell({ type: 'path', issue }),
    )
    const watchers: SourceWatcher[] = []
    for (const source of found) watchers.push(...(await this.#import(source)))
    this.#tell({ type: 'done' })
    for (const watcher of watchers) await this.#watch(watcher, since)
  }

  /** Looks for sources that came after the first reading. One around or inside another is left for the next start, which sees them together. */
  async findMore(): Promise<void> {
    const since = Date.now()
    const found: FoundSource[] = []
    scan(
      this.#paths,
      source => {
        const failed = this.#failed.get(source.path)
        const isNew = !this.#known.some(known => isAround(known, source.path) || isAround(source.path, known))
        if (failed === undefined ? isNew : failed !== looksOf(source.path)) found.push(source)
      },
      () => undefined,
    )
    for (const source of found) {
      this.#tell({ type: 'found', source })
      for (const watcher of await this.#import(source)) await this.#watch(watcher, since)
    }
  }

  /** The watcher of a source that could be read. */
  async #import(source: FoundSource): Promise<SourceWatcher[]> {
    const reader = readerOf(source.format)
    if (!reader) throw new Error(`No reader for ${source.format}`)
    if (!this.#known.includes(source.path)) this.#known.push(source.path)
    const looks = looksOf(source.path)
    const report = (progress: SourceProgress) => this.#tell({ type: 'source', progress })
    const progress = await importSource(source, reader, this.#write, report, this.#copies)
    if (progress.state === 'failed') {
      this.#failed.set(source.path, looks)
      return []
    }
    this.#failed.delete(source.path)
    return [new SourceWatcher(source, reader, this.#write, progress, report, this.#copies)]
  }

  async #watch(watcher: SourceWatcher, since: number): Promise<void> {
    await watcher.start(since)
    this.watchers.push(watcher)
  }
}

/** Another text after a change of the file or of what lies directly in the folder. */
function looksOf(source: string): string {
  const stats = statSync(source, { throwIfNoEntry: false })
  return stats ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : ''
}

function isAround(folder: string, inner: string): boolean {
  return inner === folder || inner.startsWith(folder + sep)
}
