import { afterAll, beforeAll, expect, test } from 'vitest'

import { apiErrorBody } from '#contract/api-error.ts'

import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const json = { 'content-type': 'application/json' }

async function failure(target: string, init?: RequestInit) {
  const answer = await server.fetch(target, init)
  expect(answer.headers.get('content-type')).toBe('application/json')
  return { status: answer.status, ...apiErrorBody.parse(await answer.json()).error }
}

test('a read takes its input from the query string, decoded once, with defaults filled in', async () => {
  const answer = await server.fetch('/api/keys?project=a%2Fb+c%252e&limit=7')
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({ name: 'keys', input: { project: 'a/b c%2e', search: '', kind: 'any', limit: 7, offset: 0 } })
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

test('an operation with a body takes JSON', async () => {
  const answer = await server.fetch('/api/runs', {
    method: 'POST',
    headers: json,
    body: '{"project":"ü","__proto__":{"admin":true},"limit":3}',
  })
  expect(await answer.json()).toMatchObject({ name: 'runsPage', input: { project: 'ü', limit: 3, offset: 0 } })
  expect(({} as { admin?: boolean }).admin).toBe(undefined)
})

test('series are bytes', async () => {
  const answer = await server.fetch('/api/series?run=r1&key=loss')
  expect([answer.headers.get('content-type'), answer.headers.get('x-content-type-options')]).toEqual([
    'application/octet-stream',
    'nosniff',
  ])
})

test.each([
  ['/api/keys', 'The field "project" must be string, received undefined.'],
  ['/api/keys?project=1&limit=0', 'The field "limit" must be number to be >0.'],
  ['/api/keys?project=1&limit=99999', 'The field "limit" must be number to be <=1000.'],
  ['/api/keys?project=1&limit=ten', 'The field "limit" must be number, received NaN.'],
  ['/api/keys?project=1&kind=x', 'The field "kind" must be one of "any"|"metric"|"param"|"tag"|"attribute".'],
  ['/api/keys?project=1&project=2', 'The field "project" is given twice.'],
  ['/api/keys?project=%c0%ae', 'The query string has a percent escape that is not UTF-8.'],
  ['/api/keys?project=%', 'The query string has a percent escape that is not UTF-8.'],
])('%s is invalid: %s', async (target, message) => {
  expect(await failure(target)).toMatchObject({ status: 400, kind: 'invalid', message })
})

test.each([
  ['not json', 'The body is not valid JSON.'],
  ['', 'The body is not valid JSON.'],
  ['[]', 'The input must be object, received array.'],
  ['{"project":1}', 'The field "project" must be string, received number.'],
  ['{"project":"p","sort":["a",2]}', 'The field "sort.1" must be string, received number.'],
  ['{"project":"p","limit":2147483648}', 'The field "limit" must be number to be <=500.'],
])('the body %j is invalid: %s', async (body, message) => {
  expect(await failure('/api/runs', { method: 'POST', headers: json, body })).toMatchObject({ status: 400, kind: 'invalid', message })
})

test('a body that is not UTF-8 is invalid', async () => {
  expect(await failure('/api/runs', { method: 'POST', headers: json, body: new Uint8Array([34, 0xff, 34]) })).toMatchObject({
    message: 'The body is not UTF-8.',
  })
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json; charset=latin1',
  'application/json-seq',
  '<script>alert(1)</script>',
])('the media type %s is refused without being repeated', async type => {
  const { status, message } = await failure('/api/runs', { method: 'POST', headers: { 'content-type': type }, body: '{}' })
  expect([status, message]).toEqual([415, 'The body must be JSON.'])
})

test('a body over the limit is refused by its length, and by its bytes where it names none', async () => {
  const big = ' '.repeat(1_048_577)
  expect(await failure('/api/runs', { method: 'POST', headers: json, body: big })).toMatchObject({ status: 413 })
  const stream = new Blob([' '.repeat(8_000_000)]).stream()
  const chunked: RequestInit & { duplex: 'half' } = { method: 'POST', headers: json, body: stream, duplex: 'half' }
  expect(await failure('/api/runs', chunked)).toMatchObject({ status: 413, kind: 'too_large' })
  const exact = await server.fetch('/api/runs', { method: 'POST', headers: json, body: '{"project":"p"}'.padEnd(1_048_576) })
  expect(exact.status).toBe(200)
})

test('a read takes no body', async () => {
  const answer = await server.raw('GET /api/health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}')
  expect(answer).toMatch(/^HTTP\/1.1 413 /)
})

test('what an operation throws keeps its kind and detail; an inner failure tells nothing but an id', async () => {
  expect(await failure('/api/run?run=x')).toEqual({ status: 404, kind: 'not_found', message: 'There is no such run.', nearest: 'r1' })
  const inner = await failure('/api/projects')
  expect(inner).toMatchObject({ status: 500, kind: 'internal' })
  expect(inner.message).toMatch(/^Something failed inside Readout\. The terminal says what, under error [0-9a-f]{8}\.$/)
})

test('wrong methods name the right ones', async () => {
  for (const [method, target, allow] of [
    ['POST', '/api/health', 'GET, HEAD'],
    ['DELETE', '/api/artifact?run=r1&path=x', 'GET, HEAD'],
    ['GET', '/api/runs', 'POST'],
    ['OPTIONS', '/api/runs', 'POST'],
    ['PUT', '/', 'GET, HEAD'],
  ]) {
    const answer = await server.fetch(target ?? '', method === undefined ? {} : { method })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  }
})

test('unknown operations are 404 in JSON, whatever the method and Accept', async () => {
  for (const target of ['/api', '/api/', '/api/nothing', '/api/health/', '/api/2.0/mlflow/runs/search']) {
    expect(await failure(target, { headers: { accept: 'text/html' } })).toMatchObject({
      status: 404,
      message: 'There is no such operation.',
    })
    expect(await failure(target, { method: 'POST' })).toMatchObject({ status: 404 })
  }
})

test('HEAD answers the headers of GET', async () => {
  const [head, get] = await Promise.all([server.fetch('/api/health', { method: 'HEAD' }), server.fetch('/api/health')])
  const headers = (answer: Response) =>
    Object.fromEntries([...answer.headers].filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name)))
  expect(headers(head)).toEqual(headers(get))
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('a method override is not listened to', async () => {
  const answer = await server.fetch('/api/runs', {
    method: 'POST',
    headers: { ...json, 'x-http-method-override': 'DELETE' },
    body: '{"project":"p"}',
  })
  expect(answer.status).toBe(200)
})
