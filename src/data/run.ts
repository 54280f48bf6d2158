import { queryOptions } from '@tanstack/react-query'

import { call } from './client.ts'

/** One run with all its facts, by id or foreign id. A running one is read again every 5 s. */
export function runQuery(run: string) {
  return queryOptions({
    queryKey: ['run', run],
    queryFn: ({ signal }) => call('run', { run }, signal),
    refetchInterval: query => (query.state.data?.status === 'running' ? 5_000 : false),
  })
}
