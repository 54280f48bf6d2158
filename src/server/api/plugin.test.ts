import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { createServer, type InlineConfig, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { EventHub } from './event-hub.ts'
import { readoutPlugin } from './plugin.ts'
import type { Services } from './services.ts'

const services: Services = {
  call: async name => Buffer.from(JSON.stringify({ name })),
  artifactRoot: async () => null,
  mediaRecords: async () => await Promise.reject(new Error('no media here')),
  events: new EventHub(),
}

let root = ''
const servers: Record<string, { address: string; httpServer: Server; close: () => Promise<void> }> = {}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'readout-vite-'))
  await mkdir(path.join(root, 'dist'))
  await writeFile(path.join(root, 'index.html'), '<title>Readout</title>')
  await writeFile(path.join(root, 'dist', 'index.html'), '<title>Readout</title>')
  await writeFile(path.join(root, 'dist', 'secret.html'), '<title>not a page of ours</title>')
  const common: InlineConfig = { configFile: false, root, logLevel: 'silent', plugins: [readoutPlugin(services)] }
  const dev = await createServer({ ...common, server: { cors: false, host: '127.0.0.1', port: 0 }, optimizeDeps: { noDiscovery: true } })
  await dev.listen()
  const built = await preview({ ...common, preview: { cors: false, host: '127.0.0.1', port: 0 } })
  for (const [name, server] of Object.entries({ dev, built })) {
    const httpServer = server.httpServer as Server
    const address = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`
    servers[name] = { address, httpServer, close: () => server.close() }
  }
})
afterAll(async () => {
  await Promise.all(Object.values(servers).map(server => server.close()))
  await rm(root, { recursive: true, force: true })
})

const ask = (name: string, target: string, headers: Record<string, string> = {}) =>
  fetch(`${servers[name]?.address}${target}`, { headers: { accept: 'text/html', ...headers } })

test.each(['dev', 'built'])('%s: the API answers, and no other origin reads it', async name => {
  const own = await ask(name, '/api/health')
  expect([own.status, await own.json()]).toEqual([200, { name: 'health' }])
  for (const target of ['/api/health', '/', '/index.html']) {
    const foreign = await ask(name, target, { origin: 'http://localhost:9999' })
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null])
    expect(foreign.headers.get('content-type')).toBe('application/json')
  }
  expect((await ask(name, '/api/nothing')).status).toBe(404)
})

test.each([
  ['dev', /script-src 'self' 'unsafe-inline'.*connect-src 'self' ws:/],
  ['built', /script-src 'self'; style-src 'self' 'nonce-[^']+';.*connect-src 'self';/],
])('%s: the page has its policy', async (name, policy) => {
  const page = await ask(name, '/runs/1')
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Readout</title>')])
  expect(page.headers.get('content-security-policy')).toMatch(policy)
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
})

test("built: Vite's own middlewares never answer", async () => {
  const hidden = await ask('built', '/runs/.env')
  expect([hidden.status, hidden.headers.get('content-type')]).toEqual([403, 'application/json'])
  const other = await ask('built', '/secret.html')
  expect(other.headers.get('content-type')).toBe('application/octet-stream')
})

test.each(['dev', 'built'])('%s: slow and many connections are limited', name => {
  expect(servers[name]?.httpServer).toMatchObject({ headersTimeout: 10_000, requestTimeout: 60_000, maxConnections: 512 })
})
