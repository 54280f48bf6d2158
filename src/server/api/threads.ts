import path from 'node:path'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'

import type { ImportEvent } from '#server/ingest/import-paths.ts'
import type { ReaderService } from '#server/queries/service.ts'
import { connect, type Caller } from '#server/store/threads.ts'

import type { ImportService, ReaderNews, ThreadStart, WriterThread } from './thread.ts'

export interface Threads {
  write: Caller<WriterThread>
  read: Caller<ReaderService>
  /** Reads the paths in a thread of its own, which goes on to watch them; resolves when all were read. `tell` is called as long as it does. */
  importPaths: (paths: string[], tell: (event: ImportEvent) => void) => Promise<void>
  /** Lets what is being written finish, then closes the database. */
  close: () => Promise<void>
}

function launch(options: ThreadStart, transfer: MessagePort[]): Worker {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  return new Worker(new URL(`./thread${extension}`, import.meta.url), {
    workerData: options,
    transferList: transfer,
    name: options.role,
  })
}

/** Starts the threads of a home; `onChange` is told what commits changed. The reader starts when the writer has brought the layout of the file up to date. */
export async function startThreads(file: string, onChange: (news: ReaderNews) => void = () => {}): Promise<Threads> {
  const changes = new MessageChannel()
  const writer = launch({ role: 'writer', file, reader: changes.port1 }, [changes.port1])
  const write = connect<WriterThread>(writer)
  await write('sources', null as never)
  const reader = launch({ role: 'reader', file, writer: changes.port2 }, [changes.port2])
  const read = connect<ReaderService>(reader)
  reader.on('message', (message: ReaderNews | object) => {
    if ('type' in message) onChange(message)
  })
  let importer: Worker | null = null

  const importPaths: Threads['importPaths'] = async (paths, tell) => {
    const channel = new MessageChannel()
    await write('attach', channel.port1, [channel.port1])
    const worker = launch({ role: 'import', writer: channel.port2, copies: path.join(path.dirname(file), 'copies') }, [channel.port2])
    importer = worker
    worker.on('message', (message: ImportEvent | object) => {
      if ('type' in message) tell(message)
    })
    const call = connect<ImportService>(worker)
    await call('start', paths)
  }

  const close = async () => {
    await importer?.terminate()
    await read('close', null)
    await write('close', null as never)
    await Promise.all([reader.terminate(), writer.terminate()])
  }
  return { write, read, importPaths, close }
}
