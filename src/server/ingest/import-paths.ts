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
  /** Folders of all sources found so far. */
  readonly #known: string[] = []

  constructor(paths: readonly string[], write: Caller<WriterService>, tell: (event: ImportEvent) => void) {
    this.#paths = paths
    this.#write = write
    this.#tell = tell
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
        if (!this.#known.some(known => isAround(known, source.path) || isAround(source.path, known))) found.push(source)
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
    this.#known.push(source.path)
    const report = (progress: SourceProgress) => this.#tell({ type: 'source', progress })
    const progress = await importSource(source, reader, this.#write, report)
    return progress.state === 'failed' ? [] : [new SourceWatcher(source, reader, this.#write, progress, report)]
  }

  async #watch(watcher: SourceWatcher, since: number): Promise<void> {
    await watcher.start(since)
    this.watchers.push(watcher)
  }
}

function isAround(folder: string, inner: string): boolean {
  return inner === folder || inner.startsWith(folder + sep)
}
