import { expect, test } from 'vitest'

import { compareCodePoints, foldCase } from './code-points.ts'
import { compileLike } from './like.ts'

test.each([
  ['', '', true],
  ['', 'a', false],
  ['%', '', true],
  ['%%', 'a\nb', true],
  ['a', 'A', false],
  ['a%', 'abc', true],
  ['%c', 'abc', true],
  ['%b%', 'abc', true],
  ['a%a', 'a', false],
  ['a%a', 'aa', true],
  ['ab%ba', 'aba', false],
  ['%ab%ab%', 'xabyab', true],
  ['%ab%ab%', 'xabyb', false],
  ['_', '🚀', true],
  ['_', '\n', true],
  ['__', '🚀', false],
  ['a_c%_', 'abcd', true],
  ['a_c%_', 'abc', false],
  ['%_b_%', 'xabc', true],
  ['%a_%a_', 'abacad', true],
  ['100\\%', '100%', true],
  ['100\\%', '100x', false],
  ['a\\_b', 'a_b', true],
  ['a\\_b', 'axb', false],
  ['C:\\dir', 'C:\\dir', true],
  ['C:\\\\dir', 'C:\\dir', true],
  ['end\\', 'end\\', true],
  ['a.c', 'abc', false],
  ['(a|b)*', '(a|b)*', true],
])('%j like %j is %j', (pattern, text, expected) => {
  expect(compileLike(pattern, false)(text)).toBe(expected)
})

test.each([
  ['ÜBER%', 'überlauf', true],
  ['straße', 'STRAßE', true],
  ['%ΑΣ', 'βας', true],
  ['k', '\u212a', true],
  ['_i', 'İI', true],
  ['adam', 'Adamw', false],
])('%j ilike %j is %j', (pattern, text, expected) => {
  expect(compileLike(pattern, true)(text)).toBe(expected)
})

test('folding the case keeps the number of code points', () => {
  for (const text of ['ABC', 'ẞß', 'İı', 'ŉ', 'ﬁ', 'ΑΣΣ', '🚀É', '\ud800'])
    expect(Array.from(foldCase(text))).toHaveLength(Array.from(text).length)
})

test('texts are ordered by code point, not by UTF-16 unit', () => {
  const sorted = ['', 'B', 'a', 'ab', 'é', '\ue000', '\uffff', '🚀', '🚀a']
  expect(sorted.toReversed().sort(compareCodePoints)).toEqual(sorted)
})
