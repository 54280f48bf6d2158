import type { MessagePort, Transferable, Worker } from 'node:worker_threads'

import { ApiError, type ApiErrorBody } from '#contract/api-error.ts'

/** The operations that a thread answers, by name. */
export type Service = Record<string, (input: never) => unknown>

type Reply = { id: number; value: unknown } | { id: number; error: ApiErrorBody }
type Port = MessagePort | Worker

interface Request {
  id: number
  name: string
  input: unknown
}

export type Caller<S extends Service> = <Name extends keyof S & string>(
  name: Name,
  input: Parameters<S[Name]>[0],
  transfer?: Transferable[],
) => Promise<Awaited<ReturnType<S[Name]>>>

function toBody(error: unknown): ApiErrorBody {
  if (error instanceof ApiError) return error.toBody()
  return { error: { kind: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : String(error) } }
}

/** Buffers that may be moved instead of copied: the bytes of an answer that is one array alone in its buffer. */
function movable(value: unknown): Transferable[] {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength
    ? [value.buffer]
    : []
}

/** Answers requests on a port, one after the other in the order of arrival when handlers are synchronous. Errors keep their kind. */
export function serve(port: MessagePort, service: Service): void {
  port.on('message', ({ id, name, input }: Request) => {
    const handler = service[name] as ((input: unknown) => unknown) | undefined
    const run = async () => {
      if (!handler) throw new Error(`No operation ${name} in this thread`)
      return await handler(input)
    }
    run().then(
      value => port.postMessage({ id, value } satisfies Reply, movable(value)),
      (error: unknown) => port.postMessage({ id, error: toBody(error) } satisfies Reply),
    )
  })
}

/** Calls the operations served at the other end. When the thread ends, what waits is rejected as `unavailable`. */
export function connect<S extends Service>(port: Port): Caller<S> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: ApiError) => void }>()
  let next = 0
  let closed: string | null = null
  port.on('message', (reply: Reply) => {
    const entry = waiting.get(reply.id)
    if (!entry) return
    waiting.delete(reply.id)
    if ('error' in reply) entry.reject(ApiError.fromBody(reply.error))
    else entry.resolve(reply.value as never)
  })
  const end = (reason: string) => {
    closed = reason
    for (const { reject } of waiting.values()) reject(new ApiError('unavailable', reason))
    waiting.clear()
  }
  port.on('close', () => end('The thread that answers this has ended.'))
  port.on('exit', () => end('The thread that answers this has ended.'))
  port.on('error', (error: Error) => end(`The thread that answers this failed: ${error.message}`))
  return (name, input, transfer = []) =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new ApiError('unavailable', closed))
        return
      }
      next += 1
      waiting.set(next, { resolve, reject })
      port.postMessage({ id: next, name, input } satisfies Request, transfer)
    })
}
