import { queryOptions } from '@tanstack/react-query'

import { decodeSeriesFrame } from '#contract/series-frame.ts'

import { call } from './client.ts'

/** One run with all its facts, by id or foreign id. A running one is read again every 5 s. */
export function runQuery(run: string) {
  return queryOptions({
    queryKey: ['run', run],
    queryFn: ({ signal }) => call('run', { run }, signal),
    refetchInterval: query => (query.state.data?.status === 'running' ? 5_000 : false),
  })
}

/** All points of one metric, in the order (step, time, arrival). */
export function seriesQuery(run: string, key: string) {
  return queryOptions({
    queryKey: ['series', run, key],
    queryFn: async ({ signal }) => decodeSeriesFrame(await call('series', { run, key }, signal)),
    structuralSharing: false,
    staleTime: 30_000,
    gcTime: 60_000,
  })
}
