import { queryOptions } from '@tanstack/react-query'

import { call } from './client.ts'
import { pollInterval } from './polling.ts'

/** All projects with their counts; where changes are not told, looked at more often while sources are being read. */
export function projectsQuery(reading: boolean) {
  return queryOptions({
    queryKey: ['projects'],
    queryFn: ({ signal }) => call('projects', {}, signal),
    refetchInterval: () => pollInterval(reading),
  })
}
