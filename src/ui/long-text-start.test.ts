import { expect, test } from 'vitest'

import { startOfText } from './long-text-start.ts'

test.each([
  ['short', 'abc', 'abc'],
  ['one that is longer by little', 'a'.repeat(110), 'a'.repeat(110)],
  ['too many characters', 'a'.repeat(10_000), 'a'.repeat(100)],
  ['too many lines', 'a\nb\nc\nd', 'a\nb'],
  ['a line break at the end', 'a\nb\n', 'a\nb\n'],
  ['a pair at the cut', `${'a'.repeat(99)}😀${'b'.repeat(100)}`, 'a'.repeat(99)],
])('%s', (_name, text, start) => {
  expect(startOfText(text, 2, 100)).toBe(start)
})
