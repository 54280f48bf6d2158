import { expect, test } from 'vitest'

import { sniffMedia } from './sniff-media.ts'

test.each<[string, Buffer, string | null]>([
  ['PNG', Buffer.from('89504e470d0a1a0a', 'hex'), 'image/png'],
  ['JPEG', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
  ['GIF', Buffer.from('GIF89a'), 'image/gif'],
  ['WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 '), 'image/webp'],
  ['WAV', Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'audio/wav'],
  ['MP3 with a tag', Buffer.from('ID3\x04'), 'audio/mpeg'],
  ['MP3 without one', Buffer.from('fffb9064', 'hex'), 'audio/mpeg'],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), null],
  ['HTML', Buffer.from('<!doctype html>'), null],
  ['another RIFF', Buffer.from('RIFF\0\0\0\0AVI '), null],
  ['nothing', Buffer.alloc(0), null],
])('%s', (_, bytes, type) => {
  expect(sniffMedia(bytes)).toBe(type)
})
