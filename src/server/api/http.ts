import { randomBytes } from 'node:crypto'

import { ApiError } from '#contract/api-error.ts'

import { apiHeaders } from './security-headers.ts'

/** A body of at most some megabytes takes no longer over loopback or a tunnel; a client that stalls frees its place. */
const bodyDeadlineMs = 10_000

/** UTF-8 JSON that is encoded already. */
export function jsonAnswer(body: Uint8Array, status = 200, headers: Record<string, string> = {}): Response {
  return bytesAnswer(body, 'application/json', status, headers)
}

export function bytesAnswer(body: Uint8Array, type: string, status = 200, headers: Record<string, string> = {}): Response {
  const all = { ...apiHeaders, ...headers, 'content-type': type, 'content-length': String(body.byteLength) }
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers: all })
}

/** The body of any failure. What is not an `ApiError` is ours: its text may hold paths and code, so the client gets only an id that the log has too. */
export function errorAnswer(error: unknown, headers: Record<string, string> = {}): Response {
  const { status, text, close } = encodeError(error)
  return jsonAnswer(Buffer.from(text), status, { ...(close ? { connection: 'close' } : {}), ...headers })
}

/** `close` where the rest of the request's body may never come. */
export function encodeError(error: unknown): { status: number; text: string; close: boolean } {
  const known = error instanceof ApiError ? error : internal(error)
  // A message may repeat what the caller sent; whoever reads it as HTML all the same finds no tag.
  const text = JSON.stringify(known.toBody()).replaceAll('<', '\\u003c')
  return { status: known.status, text, close: known.kind === 'timeout' }
}

function internal(error: unknown): ApiError {
  const id = randomBytes(4).toString('hex')
  console.error(`error ${id}:`, error)
  return new ApiError('internal', `Something failed inside Readout. The terminal says what, under error ${id}.`)
}

/** Refuses a body on operations that take none. */
export function refuseBody(headers: Headers): void {
  if (headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0) {
    throw new ApiError('too_large', 'This operation takes its input from the query string and no body.')
  }
}

/** The JSON value of a request's body; refuses other media types, and stops reading at `limit` bytes or after the deadline. */
export async function readJson(request: Request, limit: number, deadlineMs = bodyDeadlineMs): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(type)) {
    throw new ApiError('unsupported_media_type', 'The body must be JSON.', { expected: 'content-type: application/json' })
  }
  const text = decodeUtf8(await readBody(request, limit, deadlineMs))
  try {
    return JSON.parse(text)
  } catch {
    throw new ApiError('invalid', 'The body is not valid JSON.')
  }
}

async function readBody(request: Request, limit: number, deadlineMs: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge(limit)
  const reader = request.body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new ApiError('timeout', 'The body did not arrive in time.')), deadlineMs)
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(endedEarly), late])
      if (done) return Buffer.concat(chunks)
      size += value.byteLength
      if (size > limit) throw tooLarge(limit)
      chunks.push(value)
    }
  } finally {
    clearTimeout(timer)
  }
}

function endedEarly(): never {
  throw new ApiError('invalid', 'The body ended before it was complete.')
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ApiError('invalid', 'The body is not UTF-8.')
  }
}

function tooLarge(limit: number): ApiError {
  return new ApiError('too_large', `The body must be at most ${limit} bytes long.`)
}
