import { queryOptions } from '@tanstack/react-query'

import type { SourceEntry } from '#contract/source.ts'

import { call } from './client.ts'
import { pollInterval } from './polling.ts'

/** True while any source waits to be read or is being read: until then, more runs may come. */
export function anyReading(sources: readonly Pick<SourceEntry, 'state'>[] | undefined): boolean {
  return sources?.some(source => source.state === 'waiting' || source.state === 'reading') ?? false
}

/** All sources of the home with their state and issues. */
export function sourcesQuery() {
  return queryOptions({
    queryKey: ['sources'],
    queryFn: ({ signal }) => call('sources', {}, signal),
    refetchInterval: query => pollInterval(anyReading(query.state.data)),
  })
}
