import { afterAll, beforeAll, expect, test } from 'vitest'

import { canary, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

test.each(['/', '/runs/ab12', '/compare?runs=a.b,c.d', '/index.html'])('%s is the page, with a nonce of its own', async target => {
  const pages = await Promise.all([server.fetch(target, { headers: html }), server.fetch(target, { headers: html })])
  const nonces = await Promise.all(
    pages.map(async page => {
      expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-cache',
      ])
      const policy = page.headers.get('content-security-policy') ?? ''
      const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(policy).not.toMatch(/unsafe|https?:|\*/)
      expect(await page.text()).toBe(`<meta property="csp-nonce" nonce="${nonce}"><style nonce="${nonce}"></style>`)
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(2)
  expect(nonces[0]).toHaveLength(24)
})

test('the page cannot be framed, opened by others or leave a trace in the referrer', async () => {
  const { headers } = await server.fetch('/')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  })
})

test('a hashed file is kept for ever, one beside the page is asked for again', async () => {
  const script = await server.fetch('/assets/index-abc123.js')
  expect([script.status, script.headers.get('content-type'), script.headers.get('cache-control'), await script.text()]).toEqual([
    200,
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
    'export {}',
  ])
  const icon = await server.fetch('/favicon.svg')
  expect([icon.status, icon.headers.get('content-type'), icon.headers.get('cache-control')]).toEqual([200, 'image/svg+xml', 'no-cache'])
  expect(icon.headers.get('cross-origin-resource-policy')).toBe('same-origin')
})

test.each([
  '/assets/index-gone.js',
  '/assets/missing',
  '/assets/',
  '/.env',
  '/.ENV',
  '/.env?raw',
  '/.env?import&raw',
  '/.git/config',
  '/@fs/etc/passwd',
  '/@fs/etc/passwd?import&raw??',
  '/@id/__x00__/etc/passwd',
  '/@vite/client',
  '/__open-in-editor?file=x',
  '/package.json',
  '/src/main.tsx',
  '/readout.db',
  '/mlruns/0/meta.yaml',
  '/outside/canary.txt',
])('%s is never the page', async target => {
  const answer = await server.fetch(target, { headers: html })
  expect([403, 404]).toContain(answer.status)
  expect(answer.headers.get('content-type')).toBe('application/json')
  expect(await answer.text()).not.toContain(canary)
})

test('a client that asks for no page gets none', async () => {
  expect((await server.fetch('/etc/passwd')).status).toBe(404)
  expect((await server.fetch('/get-artifact?run_uuid=r1&path=x')).status).toBe(404)
})

test.each([
  'GET /../outside/canary.txt',
  'GET /assets/../../outside/canary.txt',
  'GET /assets/..%2f..%2foutside%2fcanary.txt',
  'GET http://localhost/outside/canary.txt',
  'GET /@fs/?/../../outside/canary.txt',
  'GET //outside/canary.txt',
  'GET /#/../outside/canary.txt',
  'OPTIONS *',
])('%s is refused', async line => {
  const answer = await server.raw(`${line} HTTP/1.1\r\nHost: localhost:${server.port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 40[034] /)
  expect(answer).not.toContain(canary)
})

test('pages and files check Host as the API does', async () => {
  for (const target of ['/', '/assets/index-abc123.js']) {
    const answer = await server.raw(`GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 421 /)
  }
})

test('headers that are too long are refused', async () => {
  const answer = await server.raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ${'b'.repeat(70_000)}\r\n\r\n`)
  expect(answer).toMatch(/^HTTP\/1\.1 431 /)
})
