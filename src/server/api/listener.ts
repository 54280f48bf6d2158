import type { IncomingMessage, Server, ServerResponse } from 'node:http'

import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'

import { ApiError } from '#contract/api-error.ts'

import { refusal } from './guard.ts'
import { encodeError, errorAnswer } from './http.ts'
import { apiHeaders } from './security-headers.ts'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Answers every request with the app, once the guard has let it pass. The guard comes first of all: it must see the request before anything normalises it. */
export function createListener(app: Hono): Listener {
  const answer = getRequestListener(app.fetch, {
    errorHandler: () => errorAnswer(new ApiError('invalid', 'The request is malformed.')),
  })
  return guarded((request, response) => void answer(request, response))
}

/** `next` for requests that pass the guard; the others are answered here, the same way for pages, files and data. */
export function guarded(next: Listener): Listener {
  return (request, response) => {
    const refused = refusal({ method: request.method ?? '', target: request.url ?? '', rawHeaders: request.rawHeaders })
    if (!refused) return next(request, response)
    const { status, text } = encodeError(refused)
    const length = Buffer.byteLength(text)
    // Whatever body came with it stays unread, so the connection cannot be used again.
    response.writeHead(status, { ...apiHeaders, 'content-type': 'application/json', 'content-length': length, connection: 'close' })
    response.end(request.method === 'HEAD' ? undefined : text)
    request.resume()
    setTimeout(() => request.socket.destroySoon(), 500).unref()
  }
}

/** Limits against clients that open many connections or send slowly; Node's defaults are 60 s, 300 s and no bound. Call before `listen`. */
export function limitConnections(server: Server): void {
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.maxConnections = 512
  // Node looks for late requests at this pace only, and reads the property when it begins to listen.
  Object.assign(server, { connectionsCheckingInterval: 2_000 })
}
