import path from 'node:path'

import { preview } from 'vite'

import { readoutPlugin } from './plugin.ts'
import type { Services } from './services.ts'

/** Folder of package.json, of the sources as of the packed server: both entries lie two folders below it. */
export const packageRoot = path.resolve(import.meta.dirname, import.meta.url.endsWith('.ts') ? '../../..' : '../..')

export interface RunningServer {
  url: string
  port: number
  close: () => Promise<void>
}

/**
 * Serves the built pages and the API on loopback. A taken port is passed over for the next free one; port 0 takes any.
 * Closing waits for answers under way, 2 s at most.
 */
export async function servePreview(services: Services, port: number): Promise<RunningServer> {
  const server = await preview({
    configFile: false,
    root: packageRoot,
    logLevel: 'silent',
    build: { outDir: 'dist/client' },
    preview: { host: '127.0.0.1', port, cors: false, open: false },
    plugins: [readoutPlugin(services)],
  })
  const address = server.httpServer.address()
  const bound = typeof address === 'object' && address ? address.port : port
  const close = async () => {
    const forced = setTimeout(() => 'closeAllConnections' in server.httpServer && server.httpServer.closeAllConnections(), 2_000)
    await new Promise<void>(resolve => {
      server.httpServer.close(() => resolve())
      if ('closeIdleConnections' in server.httpServer) server.httpServer.closeIdleConnections()
    })
    clearTimeout(forced)
  }
  return { url: `http://127.0.0.1:${bound}`, port: bound, close }
}
