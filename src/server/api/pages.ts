import { readFile } from 'node:fs/promises'
import path from 'node:path'

import type { Context, Hono } from 'hono'

import { ApiError } from '#contract/api-error.ts'

import { answerFile } from './file-answer.ts'
import { errorAnswer } from './http.ts'
import { assetType } from './media-types.ts'
import { openInside } from './paths.ts'
import { wrongMethod } from './route-table.ts'
import { assetHeaders, newNonce, noncePlaceholder, pageHeaders } from './security-headers.ts'

/** Adds the built app to the API: its files, and its page for every address that has no file extension. */
export function servePages(app: Hono, build: string): Hono {
  app.get('/assets/*', context => serveFile(context, build, 'public, max-age=31536000, immutable'))
  app.get('*', context => (isPage(context) ? servePage(context, build) : serveFile(context, build, 'no-cache')))
  app.all('*', () => wrongMethod('GET, HEAD'))
  return app
}

/** Hidden names, Vite's own prefixes and whatever looks like a file are never a page: a scanner must not take our page for the file it asked for. */
function isPage({ req }: Context): boolean {
  if (req.path === '/' || req.path === '/index.html') return true
  const segments = req.path.split('/')
  if (segments.some(segment => /^[.@]|^__/.test(segment)) || segments.at(-1)?.includes('.')) return false
  return /\btext\/html\b/.test(req.header('accept') ?? '')
}

async function servePage({ req }: Context, build: string): Promise<Response> {
  const template = await readFile(path.join(build, 'index.html'), 'utf8').catch(() => null)
  if (template === null) return errorAnswer(new ApiError('unavailable', 'The app has not been built yet; run npm run build.'))
  const nonce = newNonce()
  const body = Buffer.from(template.replaceAll(noncePlaceholder, nonce))
  const headers = { ...pageHeaders(nonce), 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' }
  return new Response(req.method === 'HEAD' ? null : body, { headers: { ...headers, 'content-length': String(body.length) } })
}

async function serveFile({ req }: Context, build: string, cacheControl: string): Promise<Response> {
  const file = await openInside({ root: build, inside: build }, req.path.slice(1)).catch(noFile)
  return answerFile(req.raw, file, { ...assetHeaders, 'cache-control': cacheControl, 'content-type': assetType(req.path) })
}

/** A path that the artifact rules call malformed is, of a page, simply one that is not there. */
function noFile(error: unknown): never {
  throw error instanceof ApiError && error.kind === 'invalid' ? new ApiError('not_found', 'There is no such file.') : error
}
