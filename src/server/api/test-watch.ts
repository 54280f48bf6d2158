import { mkdtempSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import type { RunDetail } from '#contract/run.ts'
import { decodeSeriesFrame } from '#contract/series-frame.ts'
import { importSource, type SourceProgress } from '#server/ingest/import-source.ts'
import { scan } from '#server/ingest/scan.ts'
import { SourceWatcher } from '#server/ingest/watch-source.ts'
import { createWriter, type Change } from '#server/ingest/writer.ts'
import { createReader } from '#server/queries/service.ts'
import { readerOf } from '#server/readers/registry.ts'
import type { Caller } from '#server/store/threads.ts'

/** A home, by default a new one, with the sources of a folder imported into it and watched, all on this thread. */
export async function watchFolder(folder: string, file?: string) {
  const home = file ?? path.join(mkdtempSync(path.join(os.tmpdir(), 'readout-watch-')), 'readout.db')
  const copies = path.join(path.dirname(home), 'copies')
  const changes: Change[] = []
  const { service } = createWriter(home, change => changes.push(change))
  const write = (async (name: keyof typeof service, input: never) => await service[name](input)) as unknown as Caller<typeof service>
  let latest: SourceProgress | null = null
  const watchers: SourceWatcher[] = []
  const since = Date.now()
  for (const source of scan(
    [folder],
    () => undefined,
    () => undefined,
  ).sources) {
    const reader = readerOf(source.format)
    if (!reader) throw new Error(`No reader for ${source.format}`)
    const report = (progress: SourceProgress) => void (latest = { ...progress })
    const progress = await importSource(source, reader, write, report, copies)
    const watcher = new SourceWatcher(source, reader, write, progress, report, copies)
    await watcher.start(since)
    watchers.push(watcher)
  }
  const { service: reader } = createReader(home)
  const runOf = (id: string) => JSON.parse(new TextDecoder().decode(reader.run({ run: id }))) as RunDetail
  return {
    file: home,
    changes,
    progress: () => latest,
    look: async (now?: number) => {
      for (const watcher of watchers) await watcher.look(2_000, now)
    },
    /** All that is stored of a run, to compare with another reading of the same files. */
    run: (id: string) => {
      const { metrics, params, tags, points, name, status, start, end, deletedAt, places } = runOf(id)
      const series = metrics.map(({ key }) => {
        const { steps, times, values } = decodeSeriesFrame(reader.series({ run: id, key }))
        return [key, Array.from(steps, String), [...times], [...values]]
      })
      return { metrics, params, tags, points, name, status, start, end, deletedAt, missing: places.map(({ missing }) => missing), series }
    },
    close: () => {
      reader.close(null)
      service.close()
    },
  }
}

export type WatchedFolder = Awaited<ReturnType<typeof watchFolder>>
