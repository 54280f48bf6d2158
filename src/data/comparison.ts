import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { call } from './client.ts'
import { growthInterval } from './polling.ts'

/** Runs of any projects side by side by id or foreign id. */
export function comparisonQuery(runs: readonly string[]) {
  return queryOptions({
    queryKey: ['comparison', runs],
    queryFn: ({ signal }) => call('comparison', { runs: [...runs] }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: query => growthInterval(query.state.data?.runs.some(({ status }) => status === 'running') ?? false),
  })
}
