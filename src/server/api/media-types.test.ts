import { expect, test } from 'vitest'

import { assetType, mediaKind } from './media-types.ts'

test.each([
  ['a.PNG', 'image/png', 'image', 'inline'],
  ['model.pkl.html.png', 'image/png', 'image', 'inline'],
  ['im~g+step+1.webp', 'image/webp', 'image', 'inline'],
  ['a.svg', 'image/svg+xml', 'image', 'sandboxed'],
  ['a.xhtml', 'application/xhtml+xml', 'sandboxed', 'sandboxed'],
  ['report.HTML', 'text/html; charset=utf-8', 'sandboxed', 'sandboxed'],
  ['a.wav', 'audio/wav', 'audio', 'inline'],
  ['a.mp4', 'video/mp4', 'video', 'inline'],
  ['conda.yaml', 'text/plain; charset=utf-8', 'text', 'inline'],
  ['metrics.tsv', 'text/plain; charset=utf-8', 'csv', 'inline'],
  ['README.md', 'text/plain; charset=utf-8', 'markdown', 'inline'],
  ['README', 'text/plain; charset=utf-8', 'text', 'inline'],
  ['app.js', 'text/plain; charset=utf-8', 'text', 'inline'],
  ['weights.safetensors', 'application/octet-stream', 'none', 'attachment'],
  ['noextension', 'application/octet-stream', 'none', 'attachment'],
  ['x.__proto__', 'application/octet-stream', 'none', 'attachment'],
  ['constructor', 'application/octet-stream', 'none', 'attachment'],
])('%s is %s, previewed as %s, %s', (name, type, preview, disposition) => {
  expect(mediaKind(name)).toEqual({ type, preview, disposition })
})

test('files of the build keep their own types', () => {
  expect(['index-1.js', 'index-1.css', 'inter.woff2', 'x.exe'].map(assetType)).toEqual([
    'text/javascript; charset=utf-8',
    'text/css; charset=utf-8',
    'font/woff2',
    'application/octet-stream',
  ])
})
