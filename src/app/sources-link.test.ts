import { expect, test } from 'vitest'

import { readPart } from './sources-link.tsx'

test('the bar grows with the runs read, source by source', () => {
  const source = (state: 'waiting' | 'reading' | 'ready' | 'closed', runs = 0, runsFound: number | null = null) => ({
    state,
    runs,
    runsFound,
  })
  expect(readPart([source('ready'), source('waiting')])).toBe(0.5)
  expect(readPart([source('ready'), source('reading', 25, 100)])).toBe(0.625)
  expect(readPart([source('reading', 9, null)])).toBe(0)
  expect(readPart([source('closed')])).toBe(1)
})
