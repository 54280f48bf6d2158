import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import { call, operationUrl } from './client.ts'

/** Tags and steps of what a run logged besides numbers. */
export function mediaQuery(run: string) {
  return queryOptions({ queryKey: ['media', run], queryFn: ({ signal }) => call('media', { run }, signal), staleTime: 30_000 })
}

/** Address of an image or a piece of audio, of several that were logged at once the one with this number. */
export function mediaUrl(run: string, kind: 'image' | 'audio', tag: string, step: string, index = 0): string {
  return operationUrl('mediaFile', { run, kind, tag, step, index })
}

/** The histograms of a tag over all its steps, at most 64 of them. */
export function histogramsQuery(run: string, tag: string) {
  return queryOptions({
    queryKey: ['histograms', run, tag],
    queryFn: ({ signal }) => call('histograms', { run, tag }, signal),
    staleTime: 60_000,
  })
}

/** The histogram of a tag at a step; the one before stays until it is here. */
export function histogramQuery(run: string, tag: string, step: string) {
  return queryOptions({
    queryKey: ['histogram', run, tag, step],
    queryFn: ({ signal }) => call('histograms', { run, tag, step }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}

export function mediaTextQuery(run: string, tag: string, step: string) {
  return queryOptions({
    queryKey: ['media-text', run, tag, step],
    queryFn: ({ signal }) => call('mediaText', { run, tag, step }, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  })
}
