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

/** Looks for sources below the paths, then reads them one after the other. Returns those that can be watched from then on. */
export async function importPaths(
  paths: readonly string[],
  write: Caller<WriterService>,
  tell: (event: ImportEvent) => void,
): Promise<SourceWatcher[]> {
  const since = Date.now()
  const found: FoundSource[] = []
  tell({ type: 'scanning' })
  scan(
    paths,
    source => {
      found.push(source)
      tell({ type: 'found', source })
    },
    issue => tell({ type: 'path', issue }),
  )
  const watchers: SourceWatcher[] = []
  const report = (progress: SourceProgress) => tell({ type: 'source', progress })
  for (const source of found) {
    const reader = readerOf(source.format)
    if (!reader) throw new Error(`No reader for ${source.format}`)
    const progress = await importSource(source, reader, write, report)
    if (progress.state !== 'failed') watchers.push(new SourceWatcher(source, reader, write, progress, report))
  }
  tell({ type: 'done' })
  for (const watcher of watchers) await watcher.start(since)
  return watchers
}
