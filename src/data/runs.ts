import { queryOptions } from '@tanstack/react-query'

import type { RunsPageInput } from '#contract/runs-page.ts'

import { call } from './client.ts'
import { pollInterval } from './polling.ts'

/** One window of a project's runs with the columns asked for. Windows out of sight are dropped after half a minute. */
export function runsPageQuery(input: RunsPageInput, reading: boolean) {
  return queryOptions({
    queryKey: ['runs', input],
    queryFn: ({ signal }) => call('runsPage', input, signal),
    refetchInterval: () => pollInterval(reading),
    staleTime: 10_000,
    gcTime: 30_000,
  })
}
