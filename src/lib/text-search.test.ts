import { expect, test } from 'vitest'

import { textSearch } from './text-search.ts'

const found = (query: string) => ['val/acc', 'val/loss', 'train/acc', 'Epoch'].filter(textSearch(query).matches)

test.each([
  ['', ['val/acc', 'val/loss', 'train/acc', 'Epoch']],
  ['acc val', ['val/acc']],
  ['val/', ['val/acc', 'val/loss']],
  ['EPOCH', ['Epoch']],
  ['/^(val|train).acc$/', ['val/acc', 'train/acc']],
  ['/epoch/', ['Epoch']],
  ['/', ['val/acc', 'val/loss', 'train/acc']],
])('%s', (query, expected) => {
  expect(found(query)).toEqual(expected)
})

test('a faulty expression says why and hides nothing', () => {
  expect(textSearch('/(/').error).toMatch(/parenthes|group/i)
  expect(found('/(/')).toHaveLength(4)
})
