import { appendFile, mkdir, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { artifactFolder } from '#contract/artifact.ts'

import { maxEntries } from './artifact-folder.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
  const files = {
    'loss.txt': '<html><script>1</script>',
    'data.json': '{}',
    'table.csv': 'a,b\n',
    'photo.png': 'png',
    'plot.svg': '<svg/>',
    'report.html': '<script>1</script>',
    'notebook.ipynb': '{}',
    'paper.pdf': '%PDF',
    'model.pkl': 'pickle',
    MLmodel: 'flavors:',
    'x.constructor': 'x',
    'epoch-10.pt': '',
    'epoch-2.pt': '',
    '.hidden': 'x',
    'na"me\u202e %ü;.txt': 'x',
    'empty.txt': '',
  }
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(server.artifacts, name), text)
  await writeFile(path.join(server.artifacts, 'a\r\nX-Injected: 1.txt'), 'x')
  await writeFile(path.join(server.artifacts, 'big.bin'), Buffer.alloc(1_000_003, 'abcdefghij'))
  await mkdir(path.join(server.artifacts, 'sub/deep'), { recursive: true })
  await symlink(path.join(server.scratch, 'outside'), path.join(server.artifacts, 'leak'))
  await symlink('loss.txt', path.join(server.artifacts, 'alias.txt'))
  await symlink('nowhere', path.join(server.artifacts, 'dangling'))
})
afterAll(() => server[Symbol.asyncDispose]())

const artifact = (name: string, headers: Record<string, string> = {}, more = '') =>
  server.fetch(`/api/artifact?run=r1&path=${encodeURIComponent(name)}${more}`, { headers })

test.each([
  ['loss.txt', 'text/plain; charset=utf-8', 'inline'],
  ['data.json', 'text/plain; charset=utf-8', 'inline'],
  ['table.csv', 'text/plain; charset=utf-8', 'inline'],
  ['MLmodel', 'text/plain; charset=utf-8', 'inline'],
  ['photo.png', 'image/png', 'inline'],
  ['plot.svg', 'image/svg+xml', 'attachment'],
  ['report.html', 'text/html; charset=utf-8', 'attachment'],
  ['notebook.ipynb', 'application/json', 'attachment'],
  ['paper.pdf', 'application/pdf', 'attachment'],
  ['model.pkl', 'application/octet-stream', 'attachment'],
  ['x.constructor', 'application/octet-stream', 'attachment'],
])('%s is served as %s, %s', async (name, type, disposition) => {
  const { status, headers } = await artifact(name)
  expect([status, headers.get('content-type'), headers.get('content-disposition')?.split(';')[0]]).toEqual([200, type, disposition])
  expect([headers.get('x-content-type-options'), headers.get('cross-origin-resource-policy'), headers.get('cache-control')]).toEqual([
    'nosniff',
    'same-origin',
    'no-cache',
  ])
  expect(headers.get('content-security-policy')).toMatch(/sandbox/)
})

test.each(['plot.svg', 'report.html', 'notebook.ipynb', 'paper.pdf'])(
  '%s is shown in a frame, without an origin or a connection',
  async name => {
    const { headers } = await artifact(name, { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' })
    expect(headers.get('content-disposition')).toMatch(/^inline;/)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^sandbox( allow-scripts)?; default-src 'none';/)
    expect(policy).not.toMatch(/allow-same-origin|allow-top-navigation|allow-popups|allow-forms|connect-src|https?:/)
    expect(policy.includes('allow-scripts')).toBe(name === 'report.html')
  },
)

test('download=1 saves what would be shown', async () => {
  const { headers } = await artifact('photo.png', { 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }, '&download=1')
  expect(headers.get('content-disposition')).toBe(`attachment; filename="photo.png"; filename*=UTF-8''photo.png`)
})

test('a name is encoded in its header, and one with a line break is not served at all', async () => {
  const { headers } = await artifact('na"me\u202e %ü;.txt')
  expect(headers.get('content-disposition')).toBe(`inline; filename="na_me_ ___.txt"; filename*=UTF-8''na%22me%E2%80%AE%20%25%C3%BC%3B.txt`)
  const injected = await artifact('a\r\nX-Injected: 1.txt')
  expect([injected.status, injected.headers.has('x-injected')]).toEqual([400, false])
})

test.each([
  [undefined, 200, 1_000_003, null],
  ['bytes=0-9', 206, 10, 'bytes 0-9/1000003'],
  ['bytes=1000000-', 206, 3, 'bytes 1000000-1000002/1000003'],
  ['bytes=-5', 206, 5, 'bytes 999998-1000002/1000003'],
  ['bytes=-9999999', 206, 1_000_003, 'bytes 0-1000002/1000003'],
  ['bytes=5-99999999', 206, 999_998, 'bytes 5-1000002/1000003'],
  ['bytes=300000-700000', 206, 400_001, 'bytes 300000-700000/1000003'],
  ['bytes=9-5', 200, 1_000_003, null],
  ['bytes=0-,0-,0-,0-', 200, 1_000_003, null],
  ['lines=0-1', 200, 1_000_003, null],
  ['bytes=99999999999-', 416, null, 'bytes */1000003'],
  ['bytes=-0', 416, null, 'bytes */1000003'],
])('Range %s answers %d', async (range, status, length, contentRange) => {
  const answer = await artifact('big.bin', range === undefined ? {} : { range })
  const body = Buffer.from(await answer.arrayBuffer())
  expect([answer.status, answer.headers.get('content-range')]).toEqual([status, contentRange])
  if (length === null) return
  const start = Number(/bytes (\d+)/.exec(contentRange ?? '')?.[1] ?? 0)
  expect([body.length, answer.headers.get('content-length')]).toEqual([length, String(length)])
  expect(body.equals(Buffer.alloc(1_000_003, 'abcdefghij').subarray(start, start + length))).toBe(true)
})

test('an unchanged file is not sent again, a changed one is', async () => {
  const etag = (await artifact('data.json')).headers.get('etag') ?? ''
  expect(etag).toMatch(/^W\/"/)
  expect((await artifact('data.json', { 'if-none-match': `"other", ${etag}` })).status).toBe(304)
  expect((await artifact('data.json', { range: 'bytes=0-0', 'if-range': etag })).status).toBe(200)
  await utimes(path.join(server.artifacts, 'data.json'), 1, 1)
  expect((await artifact('data.json', { 'if-none-match': etag })).status).toBe(200)
})

test('HEAD and empty files', async () => {
  const head = await server.fetch('/api/artifact?run=r1&path=big.bin', { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([200, '1000003', 0])
  const empty = await artifact('empty.txt')
  expect([empty.status, await empty.text()]).toEqual([200, ''])
  expect((await artifact('empty.txt', { range: 'bytes=0-' })).status).toBe(416)
})

test('a file that grows while it is sent is sent as long as it was, one that is cut breaks the answer off', async () => {
  const file = path.join(server.artifacts, 'live.bin')
  await writeFile(file, Buffer.alloc(20_000_000))
  const growing = await artifact('live.bin')
  await appendFile(file, Buffer.alloc(1_000))
  expect((await growing.arrayBuffer()).byteLength).toBe(20_000_000)
  await writeFile(file, Buffer.alloc(50_000_000))
  const cut = await artifact('live.bin')
  await truncate(file, 1_000)
  await expect(cut.arrayBuffer()).rejects.toThrow()
})

test.each([
  ['/api/artifact?run=r1&path=leak%2Fcanary.txt', 404],
  ['/api/artifact?run=r1&path=..%2F..%2F..%2Foutside%2Fcanary.txt', 400],
  ['/api/artifact?run=r1&path=..%252F..%252Foutside%252Fcanary.txt', 403],
  ['/api/artifact?run=r1&path=.hidden', 403],
  ['/api/artifact?run=r1&path=sub', 400],
  ['/api/artifact?run=r1', 400],
  ['/api/artifact?run=..%2F..&path=loss.txt', 404],
  ['/api/artifact?run=without&path=loss.txt', 404],
  ['/api/artifacts?run=r1&path=leak', 404],
  ['/api/artifacts?run=r1&path=..', 400],
  ['/api/artifacts?run=r1&path=loss.txt', 400],
  ['/api/artifacts?run=r1&path=missing', 404],
  ['/api/artifacts?run=unknown', 404],
])('%s is %d', async (target, status) => {
  const answer = await server.fetch(target)
  expect(answer.status).toBe(status)
  expect(await answer.text()).not.toContain(server.scratch)
})

async function list(folder: string, run = 'r1') {
  return artifactFolder.parse(await (await server.fetch(`/api/artifacts?run=${run}&path=${encodeURIComponent(folder)}`)).json())
}

test('a folder lists what can be opened: folders first, numbers by value', async () => {
  const { entries, exists, truncated } = await list('')
  expect({ exists, truncated }).toEqual({ exists: true, truncated: false })
  const names = entries.map(entry => entry.name)
  expect(names[0]).toBe('sub')
  expect(names.indexOf('epoch-2.pt')).toBe(names.indexOf('epoch-10.pt') - 1)
  expect(names).toContain('alias.txt')
  expect(names).not.toEqual(expect.arrayContaining([expect.stringMatching(/leak|dangling|hidden|Injected/)]))
  expect(entries.find(entry => entry.name === 'big.bin')).toEqual({
    name: 'big.bin',
    path: 'big.bin',
    directory: false,
    size: 1_000_003,
    type: 'application/octet-stream',
    preview: 'none',
  })
  const { entries: below } = await list('sub')
  expect(below).toEqual([{ name: 'deep', path: 'sub/deep', directory: true, size: 0, type: '', preview: 'none' }])
})

test('every listed file opens', async () => {
  const { entries } = await list('')
  for (const entry of entries.filter(entry => !entry.directory)) expect((await artifact(entry.path)).status, entry.name).toBe(200)
})

test('a run without artifacts has an empty folder that does not exist', async () => {
  expect(await list('', 'without')).toEqual({ path: '', entries: [], exists: false, truncated: false })
})

test('a folder of many files is cut off and says so', { timeout: 30_000 }, async () => {
  const folder = path.join(server.artifacts, 'many')
  await mkdir(folder)
  await Promise.all(Array.from({ length: maxEntries + 20 }, (_, index) => writeFile(path.join(folder, `${index}.txt`), '')))
  const { entries, truncated } = await list('many')
  expect([entries.length, truncated]).toEqual([maxEntries, true])
})
