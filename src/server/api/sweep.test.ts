import { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { operations } from '#contract/operations.ts'

import { createApp } from './app.ts'
import { EventHub } from './event-hub.ts'
import { routes } from './route-table.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const noMedia = async () => ({ root: '', inside: '', records: [] })
const table = createApp({
  call: async () => new Uint8Array(),
  artifactRoot: async () => null,
  mediaRecords: noMedia,
  events: new EventHub(),
}).routes
const paths = [...new Set(table.map(route => route.path))].filter(path => !path.includes('*'))

/** One request for every method at every path that the router knows, with the least input its operation takes. */
const requests = paths.flatMap(path =>
  ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(method => ({
    method,
    target: `${path}?run=r1&path=x&key=k&project=p&operand=params.x&tag=t&step=0&kind=image`,
    init:
      method === 'POST'
        ? {
            method,
            headers: { 'content-type': 'application/json' },
            body: '{"project":"p","series":[],"width":64,"keys":[],"groups":[],"by":["params.x"]}',
          }
        : { method },
  })),
)

test('the router knows the declared operations and the fallbacks, nothing else', () => {
  const declared = Object.values(operations).flatMap(({ method, path }) => [`${method} ${path}`, `ALL ${path}`])
  expect(table.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([...declared, 'ALL /api', 'ALL /api/*'].sort())
})

test('every operation has a role, a limit that fits its method, and answers JSON or bytes', () => {
  expect(routes.map(route => route.name).sort()).toEqual(Object.keys(operations).sort())
  for (const { name, method, role, limit, answers } of routes) {
    expect(['reader', 'writer'], name).toContain(role)
    expect(method === 'GET' ? limit === 0 : limit > 0 && limit <= 64 * 1_048_576, name).toBe(true)
    expect(['json', 'bytes'], name).toContain(answers)
  }
})

test('every answer carries the security headers and no CORS header', async () => {
  const seen = await Promise.all(requests.map(async ({ target, init }) => ({ target, init, answer: await server.fetch(target, init) })))
  for (const { target, init, answer } of seen) {
    const { headers } = answer
    expect(
      {
        nosniff: headers.get('x-content-type-options'),
        resource: headers.get('cross-origin-resource-policy'),
        referrer: headers.get('referrer-policy'),
        policy: headers.get('content-security-policy')?.includes("default-src 'none'"),
        cors: [...headers.keys()].filter(name => name.startsWith('access-control')),
        cached: headers.get('cache-control'),
      },
      `${init.method} ${target}`,
    ).toEqual({ nosniff: 'nosniff', resource: 'same-origin', referrer: 'no-referrer', policy: true, cors: [], cached: 'no-store' })
  }
  expect(seen.filter(({ answer }) => answer.ok).length).toBeGreaterThanOrEqual(Object.keys(operations).length)
})

test.each([
  ['a foreign Host', 421, { Host: 'evil.example' }],
  ['a foreign Origin', 403, { Host: 'localhost', Origin: 'http://evil.example' }],
  ['the origin of another local port', 403, { Host: 'localhost', Origin: 'http://localhost:9999', 'Sec-Fetch-Site': 'same-site' }],
  ['the null origin', 403, { Host: 'localhost', Origin: 'null' }],
  ['a cross-site request without Origin', 403, { Host: 'localhost', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'no-cors' }],
  [
    'a cross-site link',
    403,
    { Host: 'localhost', 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' },
  ],
])('no operation answers %s', async (_, status, headers: Record<string, string>) => {
  const before = server.calls.length
  const lines = Object.entries({ ...headers, Connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`)
  for (const { method, target } of requests) {
    const answer = await server.raw(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`)
    expect(answer, `${method} ${target}`).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer).toMatch(/content-type: application\/json/i)
    expect(answer).not.toMatch(/access-control/i)
  }
  expect(server.calls.length).toBe(before)
})

test('a route that is added without being declared is found', () => {
  const stray = createApp({
    call: async () => new Uint8Array(),
    artifactRoot: async () => null,
    mediaRecords: noMedia,
    events: new EventHub(),
  })
  stray.route(
    '/',
    new Hono().get('/api/stray', context => context.text('x')),
  )
  expect(stray.routes.map(route => route.path).filter(path => !paths.includes(path) && !path.includes('*'))).toEqual(['/api/stray'])
})
