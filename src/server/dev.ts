import path from 'node:path'

import type { Plugin } from 'vite'

import { EventHub } from './api/event-hub.ts'
import { readoutPlugin } from './api/plugin.ts'
import { createServices } from './api/server-services.ts'
import { applyEvent, SourceBoard } from './api/source-board.ts'
import { startThreads } from './api/threads.ts'
import { locateHome, lockHome } from './store/home.ts'

/**
 * Vite's development server with the API in it, on the folders of `READOUT_PATHS` (split as PATH is) or the demo. Nothing starts before
 * a server does: other tools load Vite's configuration only to read it.
 */
export function developmentPlugin(root: string): Plugin {
  return {
    name: 'readout-development',
    configureServer(vite) {
      const given = process.env['READOUT_PATHS']
      const paths = given ? given.split(path.delimiter) : [path.join(root, 'src', 'server', 'demo', 'data')]
      const home = locateHome(paths, path.join(root, 'node_modules', '.readout-dev'))
      const lock = lockHome(home)
      const board = new SourceBoard()
      const events = new EventHub()
      const threads = startThreads(home.database, change => events.notify(change))
      const reading = threads.then(async ({ importPaths }) => await importPaths(paths, event => applyEvent(board, events, event)))
      reading.catch(() => undefined)
      vite.httpServer?.once('close', () => {
        events.close()
        const close = async () => {
          await (await threads).close()
          lock.release()
        }
        close().catch((error: unknown) => vite.config.logger.error(String(error)))
      })
      const plugin = readoutPlugin(createServices(board, threads, events, 'dev'))
      if (typeof plugin.configureServer === 'function') void plugin.configureServer.call(this, vite)
    },
  }
}
