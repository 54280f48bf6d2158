import { queryOptions } from '@tanstack/react-query'

import type { Input } from '#contract/operations.ts'

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
