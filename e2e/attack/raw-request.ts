import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 when the connection ended without an answer. */
  status: number
  headers: [name: string, value: string][]
  body: string
  ms: number
}

export interface RawRequest {
  method: string
  target: string
  headers: Record<string, string | string[]>
  /** Pieces of the body, written as they are while the other side takes them. */
  body?: Iterable<Uint8Array>
}

const timeoutMs = 15_000

/** Writes a request on a socket of its own, byte for byte: URL and header classes would tidy up what an attacker would not. */
export async function sendRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method, target, headers, body = [] } = request
  const lines = Object.entries(headers).flatMap(([name, value]) => [value].flat().map(one => `${name}: ${one}\r\n`))
  const began = performance.now()
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const received: Buffer[] = []
  const { promise: ended, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, timeoutMs)
  socket.on('data', chunk => {
    received.push(Buffer.from(chunk))
    if (isComplete(Buffer.concat(received), method)) resolve()
  })
  for (const event of ['end', 'close', 'error'] as const) socket.on(event, () => resolve())
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
  for (const piece of body) {
    if (socket.destroyed || socket.readableEnded || received.length > 0) break
    if (!socket.write(piece)) await Promise.race([ended, new Promise(done => socket.once('drain', done))])
  }
  await ended
  clearTimeout(timer)
  socket.destroy()
  return { ...parseAnswer(Buffer.concat(received).toString()), ms: performance.now() - began }
}

function isComplete(answer: Buffer, method: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.toString('latin1', 0, end))?.[1]
  return method === 'HEAD' || (length !== undefined && answer.length >= end + 4 + Number(length))
}

function parseAnswer(text: string): Omit<RawAnswer, 'ms'> {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [line = '', ...fields] = head.split('\r\n')
  const headers = fields.map((field): [string, string] => [
    field.split(':')[0]?.toLowerCase() ?? '',
    field.slice(field.indexOf(':') + 1).trim(),
  ])
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1] ?? 0), headers, body: rest.join('\r\n\r\n') }
}

export function headerOf(answer: Pick<RawAnswer, 'headers'>, name: string): string | undefined {
  return answer.headers.find(([own]) => own === name)?.[1]
}
