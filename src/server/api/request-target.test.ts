import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { targetPath } from './request-target.ts'

test.each([
  ['/', '/'],
  ['/api/artifact?run=1&path=a%2Fb', '/api/artifact'],
  ['/runs/a%20b?x=../..', '/runs/a b'],
  ['/.../....', '/.../....'],
  ['/a..b/..c/d..', '/a..b/..c/d..'],
  ['/@id/__x00__/a', '/@id/__x00__/a'],
])('%s has the path %s', (target, path) => {
  expect(targetPath(target)).toBe(path)
})

test.each([
  'http://evil.example/api/health',
  '*',
  '',
  'api/health',
  '//api/health',
  '/api/../etc',
  '/..',
  '/a/.',
  '/a/./b',
  '/%2e%2e/etc',
  '/%2E./etc',
  '/.%2e',
  '/..;/etc',
  '/..;x=1/etc',
  '/..%2fetc',
  '/a%2Fb',
  '/..%5cetc',
  '/..\\etc',
  '/a%00',
  '/a%0d%0aX: 1',
  '/%c0%ae%c0%ae/',
  '/%',
  '/a#b',
  '/a?b#c',
  '/\u2025/',
  '/a b',
])('%j is refused', target => {
  expect(() => targetPath(target)).toThrow(expect.objectContaining({ kind: 'invalid' }))
})

test('whatever passes, a URL parser reads the same path from it', () => {
  const piece = fc.constantFrom('/', '.', '..', '%2e', '%2f', '%5c', '\\', '%25', '%', ';', '@', '?', '#', 'a', ':', '%00', '\t')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
      const target = `/${pieces.join('')}`
      let path: string
      try {
        path = targetPath(target)
      } catch {
        return
      }
      expect(decodeURIComponent(new URL(`http://localhost${target}`).pathname)).toBe(path)
    }),
    { numRuns: 5_000 },
  )
})
