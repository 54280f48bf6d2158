import type { ReadIssue } from '#contract/source.ts'
import type { FoundSource } from '#server/readers/reader.ts'
import { readerOf } from '#server/readers/registry.ts'
import type { Caller } from '#server/store/threads.ts'

import { importSource, type SourceProgress } from './import-source.ts'
import { scan } from './scan.ts'
import type { WriterService } from './writer.ts'

/** What an import tells while it goes on. */
export type ImportEvent =
  | { type: 'scanning' }
  | { type: 'found'; source: FoundSource }
  | { type: 'source'; progress: SourceProgress }
  /** A path given that led to no source, or what was passed over below it. */
  | { type: 'path'; issue: ReadIssue }
  | { type: 'done' }

/** Looks for sources below the paths, then reads them one after the other. */
export async function importPaths(
  paths: readonly string[],
  write: Caller<WriterService>,
  tell: (event: ImportEvent) => void,
): Promise<void> {
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
  for (const source of found) {
    const reader = readerOf(source.format)
    if (!reader) throw new Error(`No reader for ${source.format}`)
    await importSource(source, reader, write, progress => tell({ type: 'source', progress }))
  }
  tell({ type: 'done' })
}
