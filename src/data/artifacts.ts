import { queryOptions } from '@tanstack/react-query'

import { call, operationUrl, request } from './client.ts'

/** One folder of a run's artifacts, or of one of its logged models. */
export function artifactsQuery(run: string, path: string, model = '') {
  return queryOptions({
    queryKey: ['artifacts', run, path, model],
    queryFn: ({ signal }) => call('artifacts', { run, path, model }, signal),
  })
}

/** Address of an artifact's bytes, for images, frames and downloads. */
export function artifactUrl(run: string, path: string, { model = '', download = false } = {}): string {
  return operationUrl('artifact', { run, path, ...(model && { model }), ...(download && { download: '1' as const }) })
}

/** Text of an artifact, its first `maxBytes` bytes. Never more is fetched. */
export function artifactTextQuery(run: string, path: string, model = '', maxBytes = 1_048_576) {
  return queryOptions({
    queryKey: ['artifact-text', run, path, model, maxBytes],
    queryFn: async ({ signal }) => {
      const response = await request('artifact', { run, path, model }, { signal, firstBytes: maxBytes })
      const size = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? 0)
      return { text: await response.text(), truncated: size > maxBytes }
    },
  })
}
