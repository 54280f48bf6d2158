import { queryOptions } from '@tanstack/react-query'

import { call } from './client.ts'
import { growthInterval } from './polling.ts'

/** One run with all its facts, by id or foreign id. */
export function runQuery(run: string) {
  return queryOptions({
    queryKey: ['run', run],
    queryFn: ({ signal }) => call('run', { run }, signal),
    refetchInterval: query => growthInterval(query.state.data?.status === 'running'),
  })
}
