import { connect } from 'node:net'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

/** Sends a head and then 100 MB without looking at what comes back, as many clients do; resolves to all that came back. */
async function sendBlindly(head: string, piece: Buffer): Promise<string> {
  const socket = connect(server.port, '127.0.0.1')
  const received: Buffer[] = []
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  socket.on('data', chunk => received.push(Buffer.from(chunk)))
  socket.on('error', () => resolve()).on('close', () => resolve())
  socket.write(head)
  for (let sent = 0; sent < 100 && !socket.destroyed; sent += 1) {
    if (!socket.write(piece)) await Promise.race([closed, new Promise(done => socket.once('drain', done))])
  }
  socket.end()
  await closed
  return Buffer.concat(received).toString()
}

const spaces = Buffer.alloc(1_000_000, ' ')
const chunk = Buffer.concat([Buffer.from(`${spaces.length.toString(16)}\r\n`), spaces, Buffer.from('\r\n')])

test.each([
  [
    'a length over the limit',
    413,
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n',
    spaces,
  ],
  [
    'pieces over the limit',
    413,
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    chunk,
  ],
  [
    'another media type',
    415,
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n\r\n',
    spaces,
  ],
  ['a foreign host', 421, 'POST /api/runs HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000000\r\n\r\n', spaces],
])('a client that sends all of a refused body still reads the answer: %s', async (_, status, head, piece) => {
  expect(await sendBlindly(head, piece)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
})

test('a connection is used again after a refusal', async () => {
  const answer = await server.raw(
    'POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello' +
      'GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
  )
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 415', 'HTTP/1.1 200'])
})
