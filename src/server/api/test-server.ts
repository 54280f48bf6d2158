import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'
import { event, wire } from '#server/readers/tensorboard/test-events.ts'

import { createApp } from './app.ts'
import { EventHub } from './event-hub.ts'
import { createListener, limitConnections } from './listener.ts'
import { servePages } from './pages.ts'
import { noncePlaceholder } from './security-headers.ts'
import type { Services } from './services.ts'

export const canary = 'CANARY-7f3a91'

export interface TestServer extends AsyncDisposable {
  port: number
  /** Artifact folder of the run `r1`; its source folder is two levels up. */
  artifacts: string
  /** Holds the source folder and, beside it, `outside/canary.txt`. */
  scratch: string
  calls: { name: string; input: unknown }[]
  fetch(target: string, init?: RequestInit): Promise<Response>
  /** All that comes back, until the connection ends or breaks, for bytes written as they are. */
  raw(request: string): Promise<string>
}

/** A value with an image, a histogram and a text at once, as no client logs one. */
const everyMedia = wire.bytes(
  1,
  wire.bytes(1, 't'),
  wire.bytes(4, wire.bytes(4, Buffer.from([0x89, 0x50, 0x4e, 0x47]))),
  wire.bytes(5, wire.bytes(6), wire.bytes(7)),
  wire.bytes(8, wire.varint(1, 7), wire.bytes(8, 'text')),
)

/** The HTTP edge on a real port: real files below a scratch folder, operations that answer their own input. */
export async function startTestServer(): Promise<TestServer> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'readout-edge-'))
  const source = path.join(scratch, 'mlruns')
  const artifacts = path.join(source, 'r1', 'artifacts')
  const build = path.join(scratch, 'dist')
  await mkdir(artifacts, { recursive: true })
  await writeFile(path.join(artifacts, 'events'), event(1, 0, everyMedia))
  await mkdir(path.join(build, 'assets'), { recursive: true })
  await mkdir(path.join(scratch, 'outside'))
  await writeFile(path.join(scratch, 'outside/canary.txt'), canary)
  await writeFile(
    path.join(build, 'index.html'),
    `<meta property="csp-nonce" nonce="${noncePlaceholder}"><style nonce="${noncePlaceholder}"></style>`,
  )
  await writeFile(path.join(build, 'assets/index-abc123.js'), 'export {}')
  await writeFile(path.join(build, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(path.join(build, '.env'), canary)

  const calls: TestServer['calls'] = []
  const services: Services = {
    call: async (name, input) => {
      calls.push({ name, input })
      if (name === 'projects') throw new Error(`no such table in ${scratch}`)
      if (name === 'run') throw new ApiError('not_found', 'There is no such run.', { nearest: 'r1' })
      return Buffer.from(JSON.stringify({ name, input }))
    },
    artifactRoot: async run => {
      if (run === 'without') return null
      if (run !== 'r1') throw new ApiError('not_found', 'There is no such run.')
      return { root: artifacts, inside: source }
    },
    mediaRecords: async ({ run }) => {
      if (run !== 'r1') throw new ApiError('not_found', 'There is no such run.')
      return { root: artifacts, inside: source, records: [{ step: 0, time: 0, file: 'events', offset: 0 }] }
    },
    events: new EventHub(),
  }
  const server = createServer(createListener(servePages(createApp(services), build)))
  limitConnections(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    artifacts,
    scratch,
    calls,
    fetch: (target, init) => fetch(`http://127.0.0.1:${port}${target}`, init),
    raw: async request => {
      const socket = connect(port, '127.0.0.1')
      const chunks: Uint8Array[] = []
      socket.on('data', chunk => chunks.push(Buffer.from(chunk))).on('error', () => {})
      socket.write(request)
      await new Promise(resolve => socket.on('close', resolve))
      return Buffer.concat(chunks).toString('latin1')
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await rm(scratch, { recursive: true, force: true })
    },
  }
}
