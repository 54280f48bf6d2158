import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

import type { KeyKind } from '#contract/operand.ts'
import type { Input } from '#contract/operations.ts'
import type { KeyEntry } from '#contract/runs-page.ts'

import { call } from './client.ts'

/** Keys of a project with their coverage, found by part of the key. */
export function keysQuery(input: Input<'keys'>) {
  return queryOptions({
    queryKey: ['keys', input],
    queryFn: ({ signal }) => call('keys', input, signal),
    staleTime: 15_000,
  })
}

/** Values seen for one operand in a project, most frequent first. */
export function valuesQuery(input: Input<'values'>) {
  return queryOptions({
    queryKey: ['values', input],
    queryFn: ({ signal }) => call('values', input, signal),
    staleTime: 15_000,
  })
}

/** All keys of one kind, however many; asked for 1,000 at a time. */
export function allKeysQuery(project: string, kind: KeyKind) {
  return queryOptions({
    queryKey: ['all-keys', project, kind],
    queryFn: async ({ signal }) => {
      const keys: KeyEntry[] = []
      let total = 1
      while (keys.length < total) {
        // Each page must be known before the next one can be asked for.
        // oxlint-disable-next-line no-await-in-loop
        const page = await call('keys', { project, kind, limit: 1_000, offset: keys.length }, signal)
        total = page.keys.length === 0 ? 0 : page.total
        keys.push(...page.keys)
      }
      return keys
    },
    staleTime: 30_000,
  })
}

const listedAtOnce = 200

/** Keys of a project found by part of their name, as a list that grows while it is scrolled. */
export function keyListQuery(project: string, search: string, kind: NonNullable<Input<'keys'>['kind']>) {
  return infiniteQueryOptions({
    queryKey: ['key-list', project, search, kind],
    queryFn: ({ pageParam, signal }) => call('keys', { project, search, kind, limit: listedAtOnce, offset: pageParam }, signal),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.keys.length, 0)
      return last.keys.length > 0 && loaded < last.total ? loaded : undefined
    },
    staleTime: 15_000,
  })
}
