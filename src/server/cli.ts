import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'

import { EventHub } from './api/event-hub.ts'
import { progressPrinter } from './api/progress.ts'
import { packageRoot, servePreview, type RunningServer } from './api/serve-preview.ts'
import { createServices } from './api/server-services.ts'
import { applyEvent, SourceBoard } from './api/source-board.ts'
import { startThreads, type Threads } from './api/threads.ts'
import type { CliOptions } from './cli-options.ts'
import { locateHome, lockHome, type Home, type HomeLock } from './store/home.ts'

const defaultPort = 7171

function versionOf(): string {
  return (JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version
}

/** Ends with one line on stderr and status 1 for what a user can mend; other errors are thrown on. */
function refuse(error: unknown): never {
  if (!(error instanceof ApiError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open'
  const child = spawn(command, [url], { stdio: 'ignore', detached: true })
  child.on('error', () => process.stdout.write(`No browser could be opened; the address above works in any.\n`))
  child.unref()
}

/**
 * Closes everything once, however often it is asked to: Ctrl-C reaches a process behind npm twice. The answer tells whether it was: what
 * closing cuts short then is no fault.
 */
function closeOnSignals(close: () => Promise<void>): () => boolean {
  let closing = false
  const stop = () => {
    if (closing) return
    closing = true
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.removeAllListeners(signal)
    process.on(signal, stop)
  }
  process.on('disconnect', stop)
  return () => closing
}

async function forget(home: Home, lock: HomeLock, name: string): Promise<void> {
  const threads = await startThreads(home.database)
  try {
    const { path: gone, runs } = await threads.write('forget', name)
    process.stdout.write(`Forgot ${gone} and ${runs} ${runs === 1 ? 'run' : 'runs'} that lay nowhere else. Its files are as they were.\n`)
  } catch (error) {
    refuse(error)
  } finally {
    await threads.close()
    lock.release()
  }
}

async function importInto(board: SourceBoard, events: EventHub, threads: Threads, paths: string[]): Promise<void> {
  const started = performance.now()
  const printer = progressPrinter(board, process.stdout)
  let ended = false
  board.remember(await threads.write('sources', null as never))
  if (paths.length === 0) {
    applyEvent(board, events, { type: 'done' })
    return
  }
  await threads.importPaths(paths, event => {
    applyEvent(board, events, event)
    if (event.type === 'path') printer.issue(event.issue.path, event.issue.reason)
    if (!ended) printer.update()
  })
  ended = true
  printer.end((performance.now() - started) / 1_000)
}

/** What is read: the paths given, else, where no home says otherwise, the demo that comes along. */
function pathsOf(options: CliOptions): string[] {
  if (options.paths.length > 0 || options.home !== undefined || options.forget !== undefined) return options.paths
  return [path.join(packageRoot, 'src', 'server', 'demo', 'data')]
}

/** Starts Readout: takes the home, serves the first page, then reads the paths. Returns when the first import is done; the server goes on. */
export async function main(options: CliOptions): Promise<void> {
  const home = locateHome(options.paths, options.home)
  let lock: HomeLock
  try {
    lock = lockHome(home)
  } catch (error) {
    refuse(error)
  }
  if (options.forget !== undefined) {
    await forget(home, lock, options.forget)
    return
  }
  const board = new SourceBoard()
  const events = new EventHub()
  const starting = startThreads(home.database, change => events.notify(change))
  starting.catch(() => undefined)
  let server: RunningServer
  try {
    server = await servePreview(createServices(board, starting, events, versionOf()), options.port ?? defaultPort)
  } catch (error) {
    lock.release()
    throw error
  }
  const isClosing = closeOnSignals(async () => {
    events.close()
    await server.close()
    const threads = await starting.catch(() => null)
    await threads?.close()
    lock.release()
  })
  const asked = options.port ?? defaultPort
  if (asked !== 0 && server.port !== asked) process.stdout.write(`Port ${asked} is taken, ${server.port} is free.\n`)
  process.stdout.write(`Readout is at ${server.url}\n`)
  if (home.elsewhere) process.stdout.write(`Its own files are in ${home.directory}, since ${home.elsewhere}.\n`)
  lock.announce(server.url)
  if (options.open && process.stdout.isTTY) openBrowser(server.url)
  try {
    await importInto(board, events, await starting, pathsOf(options))
  } catch (error) {
    if (isClosing()) return
    if (!(error instanceof ApiError) || error.kind === 'unavailable') throw error
    await server.close()
    lock.release()
    refuse(error)
  }
}
