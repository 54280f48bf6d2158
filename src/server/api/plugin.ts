import type { Server } from 'node:http'
import path from 'node:path'

import type { Connect, Plugin, PreviewServer, ViteDevServer } from 'vite'

import { createApp } from './app.ts'
import { createListener, guarded, limitConnections } from './listener.ts'
import { servePages } from './pages.ts'
import { devHeaders } from './security-headers.ts'
import type { Services } from './services.ts'

/** Mounts the API in `vite` and `vite preview`, before all of Vite's own middlewares; under preview the app answers pages and files too. */
export function readoutPlugin(services: Services): Plugin {
  const app = createApp(services)
  return {
    name: 'readout',
    configureServer(vite) {
      const api = createListener(app)
      mount(vite, (request, response, next) => {
        if (/^\/api(?:[/?]|$)/.test(request.url ?? '')) return api(request, response)
        guarded(() => {
          for (const [name, value] of Object.entries(devHeaders())) response.setHeader(name, value)
          next()
        })(request, response)
      })
    },
    configurePreviewServer(vite) {
      mount(vite, createListener(servePages(app, path.resolve(vite.config.root, vite.config.build.outDir))))
    },
  }
}

function mount({ middlewares, httpServer }: ViteDevServer | PreviewServer, handle: Connect.NextHandleFunction): void {
  if (httpServer) limitConnections(httpServer as Server)
  middlewares.stack.unshift({ route: '', handle })
}
