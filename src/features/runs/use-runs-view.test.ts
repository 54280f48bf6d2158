import { expect, test } from 'vitest'

import { parseSortParts, printSortParts } from './use-runs-view.ts'

test('a sort comes back from an address as it went in', () => {
  const sort = parseSortParts('-max(metrics.`val/acc`),params.lr')
  expect(sort).toEqual([
    { id: 'max(metrics.`val/acc`)', desc: true },
    { id: 'params.lr', desc: false },
  ])
  expect(printSortParts(sort)).toBe('-max(metrics.`val/acc`),params.lr')
})

test('other spellings become the one that columns go by', () => {
  expect(parseSortParts('-last(metrics."acc"), attributes.start_time DESC')).toEqual([
    { id: 'metrics.acc', desc: true },
    { id: 'start_time', desc: true },
  ])
  expect(parseSortParts(undefined)).toEqual([])
})
