import { rmSync } from 'node:fs'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'

import { PathSources } from '#server/ingest/import-paths.ts'
import { watchSources } from '#server/ingest/watch.ts'
import { createWriter, type Change, type WriterService } from '#server/ingest/writer.ts'
import { createReader } from '#server/queries/service.ts'
import { connect, serve } from '#server/store/threads.ts'

/** How a worker starts. The ports join the writer to the reader that hears of its commits, and an import to the writer. */
export type ThreadStart =
  | { role: 'writer'; file: string; reader: MessagePort }
  | { role: 'reader'; file: string; writer: MessagePort }
  | { role: 'import'; writer: MessagePort; copies: string }

/** Operations of the writer thread: those of the writer, and `attach`, which serves them on one more port. */
export type WriterThread = WriterService & { attach: (port: MessagePort) => void }

/** What the reader tells without being asked: ids of what changed, null where any may have. */
export interface ReaderNews {
  type: 'changed'
  projects: string[] | null
  runs: string[] | null
}

/** Operations of the import thread. */
export interface ImportService extends Record<string, (input: never) => unknown> {
  start: (paths: string[]) => Promise<void>
}

function start(port: MessagePort, options: ThreadStart): void {
  switch (options.role) {
    case 'writer': {
      const { service } = createWriter(options.file, change => options.reader.postMessage(change))
      const thread: WriterThread = { ...service, attach: other => serve(other, service) }
      serve(port, thread)
      break
    }
    case 'reader': {
      const { service, changed, named } = createReader(options.file)
      options.writer.on('message', ({ projects, runs }: Change) => {
        changed(projects, runs)
        // Told by this thread, so that who hears of it and asks gets what it has become.
        port.postMessage({ type: 'changed', ...named(projects, runs) } satisfies ReaderNews)
      })
      serve(port, service)
      break
    }
    case 'import': {
      const write = connect<WriterService>(options.writer)
      const service: ImportService = {
        start: async paths => {
          // What a process that was killed left there.
          rmSync(options.copies, { recursive: true, force: true })
          const sources = new PathSources(paths, write, event => port.postMessage(event), options.copies)
          await sources.read()
          void watchSources(sources, error => console.error('Watching failed:', error))
        },
      }
      serve(port, service)
      break
    }
  }
}

if (!parentPort) throw new Error('This file is the entry of a worker thread')
start(parentPort, workerData as ThreadStart)
