import { expect, test } from 'vitest'

import { forgetCommand, issuePath, summaryText } from './source-words.ts'

test('what was read in one line', () => {
  const source = { state: 'ready' as const, runs: 25, points: 6_000, issues: 0 }
  expect(summaryText([source])).toBe('1 source, 25 runs, 6,000 points')
  expect(
    summaryText([
      source,
      { ...source, state: 'reading', issues: 2 },
      { ...source, state: 'failed', runs: 0 },
      { ...source, state: 'closed' },
    ]),
  ).toBe('3 sources, 50 runs, 18,000 points; 1 still to read, 1 failed, 2 issues, 1 not opened now')
})

test.each([
  ['/home/me/mlruns', 'readout forget /home/me/mlruns'],
  ['/home/my runs', "readout forget '/home/my runs'"],
  ["/it's", String.raw`readout forget '/it'\''s'`],
])('command for %s', (path, command) => {
  expect(forgetCommand(path)).toBe(command)
})

test.each([
  ['/a/b/c.txt', 'b/c.txt'],
  ['/a', ''],
  ['/ab/c', '/ab/c'],
  ['0/meta.yaml', '0/meta.yaml'],
])('path of an issue at %s', (path, text) => {
  expect(issuePath(path, '/a')).toBe(text)
})
