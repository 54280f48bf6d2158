import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { openInside, pathSegments, resolveInside } from './paths.ts'
import type { ArtifactPlace } from './services.ts'

let scratch = ''
let place: ArtifactPlace = { root: '', inside: '' }

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'readout-paths-'))
  const inside = path.join(scratch, 'mlruns')
  const root = path.join(inside, 'run', 'artifacts')
  place = { root, inside }
  await mkdir(path.join(root, 'plots'), { recursive: true })
  await mkdir(path.join(root, '.git'))
  await mkdir(path.join(inside, 'other'))
  await mkdir(path.join(inside, 'run', 'artifacts-secret'))
  await mkdir(path.join(scratch, 'outside'))
  await writeFile(path.join(root, 'ok.txt'), 'ok')
  await writeFile(path.join(root, 'plots', 'im#g%step 1+ü.png'), 'png')
  await writeFile(path.join(root, '.env'), 'SECRET')
  await writeFile(path.join(root, '.git', 'config'), 'SECRET')
  await writeFile(path.join(inside, 'run', 'artifacts-secret', 'x.txt'), 'SECRET')
  await writeFile(path.join(inside, 'other', 'shared.txt'), 'shared')
  await writeFile(path.join(scratch, 'outside', 'canary.txt'), 'CANARY')
  await symlink(path.join(scratch, 'outside'), path.join(root, 'leak'))
  await symlink('../../../outside/canary.txt', path.join(root, 'plots', 'leak'))
  await symlink(path.join(inside, 'other', 'shared.txt'), path.join(root, 'shared'))
  await symlink('.env', path.join(root, 'visible'))
  await symlink('loop', path.join(root, 'loop'))
  await symlink('/dev/zero', path.join(root, 'zero'))
  execFileSync('mkfifo', [path.join(root, 'pipe')])
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

async function read(relative: string): Promise<string> {
  const { handle } = await openInside(place, relative)
  try {
    return await handle.readFile('utf8')
  } finally {
    await handle.close()
  }
}

test.each([
  ['ok.txt', 'ok'],
  ['plots/im#g%step 1+ü.png', 'png'],
  ['shared', 'shared'],
])('%s is read', async (relative, text) => {
  expect(await read(relative)).toBe(text)
})

test.each([
  ['', 'invalid'],
  ['../artifacts-secret/x.txt', 'invalid'],
  ['..', 'invalid'],
  ['.', 'invalid'],
  ['plots/../ok.txt', 'invalid'],
  ['plots//ok.txt', 'invalid'],
  ['/etc/passwd', 'invalid'],
  ['ok.txt/', 'invalid'],
  ['.env/', 'invalid'],
  ['..\\..\\outside', 'invalid'],
  ['\\\\host\\share', 'invalid'],
  ['C:/Windows/win.ini', 'invalid'],
  ['file:///etc/passwd', 'invalid'],
  ['ok.txt\0.png', 'invalid'],
  ['a\r\nb', 'invalid'],
  ['a\u0085b', 'invalid'],
  ['\ud800', 'invalid'],
  ['a/'.repeat(3_000) + 'a', 'invalid'],
  ['a'.repeat(256), 'invalid'],
  ['plots', 'invalid'],
  ['.env', 'forbidden'],
  ['.git/config', 'forbidden'],
  ['.../x', 'forbidden'],
  ['..;/x', 'forbidden'],
  ['%2e%2e/outside/canary.txt', 'not_found'],
  ['‥/‥/outside/canary.txt', 'not_found'],
  ['\ufffd\ufffd/x', 'not_found'],
  ['ok.txt::$DATA', 'not_found'],
  ['OK~1.TXT', 'not_found'],
  ['missing', 'not_found'],
  ['ok.txt/below', 'not_found'],
  ['leak/canary.txt', 'not_found'],
  ['leak/missing', 'not_found'],
  ['plots/leak', 'not_found'],
  ['visible', 'not_found'],
  ['loop', 'not_found'],
  ['zero', 'not_found'],
  ['pipe', 'not_found'],
])('%j is refused as %s', async (relative, kind) => {
  await expect(read(relative)).rejects.toMatchObject({ name: 'ApiError', kind })
})

test('a socket is refused', async () => {
  const server = createServer().listen(path.join(place.root, 'socket'))
  await expect(read('socket')).rejects.toMatchObject({ kind: 'not_found' })
  server.close()
})

test('a root that leads out of the source has no files', async () => {
  await expect(resolveInside({ root: path.join(place.root, 'leak'), inside: place.inside }, 'canary.txt')).rejects.toMatchObject({
    kind: 'not_found',
  })
})

test('no answer names a path of this machine', async () => {
  for (const relative of ['missing', 'leak/canary.txt', 'loop', 'pipe', 'ok.txt/below', 'plots']) {
    const error: unknown = await read(relative).catch((reason: unknown) => reason)
    expect(String(error)).not.toContain(scratch)
  }
})

test('any text is refused or stays below the root', { timeout: 30_000 }, async () => {
  const piece = fc.oneof(
    fc.constantFrom('..', '.', '/', '\\', 'leak', 'plots', 'canary.txt', 'outside', '\0', ':', '%2e', '‥', ' ', '~', scratch),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 10 }), async pieces => {
      const relative = pieces.join('')
      const real = await resolveInside(place, relative).catch(() => place.root)
      expect(path.relative(place.root, real)).not.toMatch(/^\.\./)
    }),
    { numRuns: 500 },
  )
})

test('segments are what joins back to the path', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[^/\\.\p{Cc}:][^/\\\p{Cc}:]{0,20}$/u), { minLength: 1, maxLength: 5 }), segments => {
      expect(pathSegments(segments.join('/'))).toEqual(segments)
    }),
  )
})

test('a file that is swapped for a link all the while is never read through it', { timeout: 30_000 }, async () => {
  const flip = path.join(place.root, 'flip')
  const swap = path.join(place.root, 'swap')
  const inner = path.join(place.root, 'turning')
  const stop = new AbortController()
  const flipper = (async () => {
    while (!stop.signal.aborted) {
      await writeFile(swap, 'mine')
      await rename(swap, flip)
      await symlink('../../../outside/canary.txt', swap)
      await rename(swap, flip)
    }
  })()
  const turner = (async () => {
    while (!stop.signal.aborted) {
      await mkdir(inner)
      await writeFile(path.join(inner, 'canary.txt'), 'mine')
      await rm(inner, { recursive: true })
      await symlink(path.join(scratch, 'outside'), inner)
      await unlink(inner)
    }
  })()
  const seen = new Set<string>()
  for (let round = 0; round < 1_000; round++) {
    seen.add(await read(round % 2 ? 'flip' : 'turning/canary.txt').catch((error: { kind: string }) => error.kind))
  }
  stop.abort()
  await Promise.all([flipper, turner])
  expect([...seen].filter(text => !['mine', '', 'not_found', 'invalid'].includes(text))).toEqual([])
  expect(seen).toContain('mine')
  expect(await readFile(path.join(scratch, 'outside', 'canary.txt'), 'utf8')).toBe('CANARY')
})
