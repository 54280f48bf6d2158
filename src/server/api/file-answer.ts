import type { FileHandle } from 'node:fs/promises'

import { ApiError } from '#contract/api-error.ts'

import { errorAnswer } from './http.ts'
import type { OpenFile } from './paths.ts'
import { parseRange } from './range.ts'

const chunkBytes = 262_144

/** Streams an open file, with ETag, one Range and HEAD. Takes the handle over: it is closed in every case. */
export async function answerFile(
  request: { method: string; headers: Headers },
  file: OpenFile,
  headers: Record<string, string>,
): Promise<Response> {
  const etag = `W/"${file.size.toString(36)}-${file.modified.toString(36)}"`
  const all = { ...headers, etag, 'accept-ranges': 'bytes' }
  if (matches(request.headers.get('if-none-match'), etag)) return empty(file, 304, all)
  // If-Range asks for a strong validator, and size and time make only a weak one.
  const range = parseRange(request.headers.has('if-range') ? null : request.headers.get('range'), file.size)
  if (range === 'none') {
    await file.handle.close()
    return errorAnswer(new ApiError('range_not_satisfiable', `The file is ${file.size} bytes long.`), {
      'content-range': `bytes */${file.size}`,
    })
  }
  const { start, end } = range === 'all' ? { start: 0, end: file.size - 1 } : range
  const sized = { ...all, 'content-length': String(end - start + 1) }
  const ranged = range === 'all' ? sized : { ...sized, 'content-range': `bytes ${start}-${end}/${file.size}` }
  const status = range === 'all' ? 200 : 206
  if (request.method === 'HEAD' || end < start) return empty(file, status, ranged)
  return new Response(streamBytes(file.handle, start, end), { status, headers: ranged })
}

async function empty(file: OpenFile, status: number, headers: Record<string, string>): Promise<Response> {
  await file.handle.close()
  return new Response(null, { status, headers })
}

function matches(header: string | null, etag: string): boolean {
  const strip = (tag: string) => tag.trim().replace(/^W\//, '')
  return header !== null && header.split(',').some(tag => tag.trim() === '*' || strip(tag) === strip(etag))
}

/** Sends exactly the bytes that were promised, or breaks the connection off: a file that is cut while it is read would leave the client waiting. */
function streamBytes(handle: FileHandle, start: number, end: number): ReadableStream<Uint8Array> {
  let at = start
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const chunk = new Uint8Array(Math.min(chunkBytes, end + 1 - at))
          const { bytesRead } = await handle.read(chunk, 0, chunk.length, at)
          if (bytesRead === 0) throw new Error('A file became shorter while it was sent')
          at += bytesRead
          controller.enqueue(chunk.subarray(0, bytesRead))
          if (at <= end) return
          await handle.close()
          controller.close()
        } catch (error) {
          await handle.close().catch(() => {})
          controller.error(error)
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  )
}
