import { expect, test } from 'vitest'

import { affectedBy } from './affected.ts'

/** What is known of a comparison of one run, and of so many that are not here. */
function compared(missing: number): Parameters<typeof affectedBy>[0] {
  const data = { runs: [{ id: 'a' }], missing: Array.from({ length: missing }, () => ({ asked: 'x', reason: '' })) }
  return { queryKey: ['comparison', ['a']], state: { data } as Parameters<typeof affectedBy>[0]['state'] }
}

test.each([
  ['a run of it changed', 0, ['a'], 'soon'],
  ['any run may have changed', 0, null, 'soon'],
  ['another run changed', 0, ['b'], null],
  ['another run came, and one that is asked for is not here', 1, ['b'], 'slow'],
  ['no run changed', 1, [], null],
])('a comparison is asked for again where %s', (_, missing, runs, pace) => {
  expect(affectedBy(compared(missing), { projects: [], runs, sources: false }, [])).toBe(pace)
})
