import { QueryCache, QueryClient } from '@tanstack/react-query'

import { ApiError } from '#contract/api-error.ts'

import { connectionHeld, connectionLost } from './connection.ts'

function isUnavailable(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'unavailable'
}

/** A query cache that tries again only where no server answered: every other error says the same twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: error => (isUnavailable(error) ? connectionLost() : connectionHeld()),
      onSuccess: connectionHeld,
    }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        networkMode: 'always',
        retry: (failures, error) => isUnavailable(error) && failures < 2,
        retryDelay: 1_000,
        refetchOnWindowFocus: true,
      },
    },
  })
}
