import type { IncomingMessage, Server, ServerResponse } from 'node:http'

import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

import { ApiError } from '#contract/api-error.ts'

import { refusal } from './guard.ts'
import { encodeError, errorAnswer } from './http.ts'
import { apiHeaders } from './security-headers.ts'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** How long the rest of a refused body is read and thrown away. */
const discardMs = 5_000

/** Answers every request with the app, once the guard has let it pass. The guard comes first of all: it must see the request before anything normalises it. */
export function createListener(app: Hono): Listener {
  const answer = getRequestListener(app.fetch, {
    autoCleanupIncoming: false,
    errorHandler: () => errorAnswer(new ApiError('invalid', 'The request is malformed.')),
  })
  return guarded((request, response) => {
    response.once('finish', () => discardRest(request))
    void answer(request, response)
  })
}

/** `next` for requests that pass the guard; the others are answered here, the same way for pages, files and data. */
export function guarded(next: Listener): Listener {
  return (request, response) => {
    const refused = refusal({ method: request.method ?? '', target: request.url ?? '', rawHeaders: request.rawHeaders })
    if (!refused) return next(request, response)
    const { status, text } = encodeError(refused)
    response.once('finish', () => discardRest(request))
    response.writeHead(status, { ...apiHeaders, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    response.end(request.method === 'HEAD' ? undefined : text)
  }
}

/** Closing a connection on which data lie unread resets it, and a client that is still sending would lose the answer that says why. */
function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return
  request.removeAllListeners('data').resume()
  const timer = setTimeout(() => request.socket.destroy(), discardMs).unref()
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
}

/** Limits against clients that open many connections or send slowly; Node's defaults are 60 s, 300 s and no bound. Call before `listen`. */
export function limitConnections(server: Server): void {
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.maxConnections = 512
  // Node looks for late requests at this pace only, and reads the property when it begins to listen.
  Object.assign(server, { connectionsCheckingInterval: 2_000 })
}
