import { expect, test } from 'vitest'

import { ApiError } from '#contract/api-error.ts'

import { encodeError, readJson } from './http.ts'

function request(body: ReadableStream<Uint8Array> | string, headers: Record<string, string> = {}): Request {
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body,
    duplex: 'half',
  }
  return new Request('http://localhost/api/runs', init)
}

test('a body in pieces is one value', async () => {
  const bytes = new TextEncoder().encode('{"name":"über"}')
  const pieces = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 3) controller.enqueue(bytes.subarray(at, at + 3))
      controller.close()
    },
  })
  expect(await readJson(request(pieces), 100)).toEqual({ name: 'über' })
})

test('a body that stalls is given up', async () => {
  const stalled = new ReadableStream<Uint8Array>({ start: controller => controller.enqueue(new Uint8Array(10)) })
  await expect(readJson(request(stalled), 100, 30)).rejects.toMatchObject({ kind: 'timeout', status: 408 })
})

test('no more is read than the limit and the piece that exceeds it', async () => {
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(1_000))
    },
  })
  await expect(readJson(request(endless), 10_000)).rejects.toMatchObject({ kind: 'too_large' })
  expect(pulled).toBeLessThan(15)
})

test('a length that is not the truth does not lift the limit', async () => {
  await expect(readJson(request(' '.repeat(101), { 'content-length': '5' }), 100)).rejects.toMatchObject({ kind: 'too_large' })
})

test('what is thrown by the body after the deadline or the limit is nobody’s unhandled rejection', async () => {
  const late = new ReadableStream<Uint8Array>({ pull: () => new Promise((_, reject) => setTimeout(() => reject(new Error('reset')), 20)) })
  await expect(readJson(request(late), 100, 5)).rejects.toMatchObject({ kind: 'timeout' })
  await new Promise(resolve => setTimeout(resolve, 40))
})

test('a body that breaks off is the caller’s fault', async () => {
  const broken = new ReadableStream<Uint8Array>({ pull: controller => controller.error(new Error('aborted')) })
  await expect(readJson(request(broken), 100)).rejects.toMatchObject({ kind: 'invalid' })
})

test('a failure keeps its kind; one whose body may never come closes the connection', () => {
  expect(encodeError(new ApiError('timeout', 'x'))).toMatchObject({ status: 408, close: true })
  expect(encodeError(new ApiError('conflict', 'No <b>'))).toEqual({
    status: 409,
    text: String.raw`{"error":{"kind":"conflict","message":"No \u003cb>"}}`,
    close: false,
  })
})
