import { keepPreviousData, queryOptions } from '@tanstack/react-query'

import type { Input } from '#contract/operations.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { decodeWindows } from '#contract/windows-frame.ts'

import { call } from './client.ts'
import { growthInterval } from './polling.ts'

/** Groups of the runs of a view by the values of operands. */
export function runGroupsQuery(input: Input<'runGroups'>) {
  return queryOptions({
    queryKey: ['run-groups', input],
    queryFn: ({ signal }) => call('runGroups', input, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

/** The groups of a page of charts, the window that it shows, and how. */
export type GroupsAsk = Omit<Input<'groupWindows'>, 'keys'>

type Answer = SeriesWindow | SeriesFault

const batches = new Map<string, { keys: string[]; answers: Promise<Answer[]> }>()

/** Charts that ask in one turn for the same groups and window share a request. */
async function loadGroups(key: string, ask: GroupsAsk): Promise<Answer[]> {
  const id = JSON.stringify(ask)
  let batch = batches.get(id)
  if (!batch) {
    const keys: string[] = []
    const answers = Promise.resolve().then(async () => {
      batches.delete(id)
      return decodeWindows(await call('groupWindows', { ...ask, keys }))
    })
    batch = { keys, answers }
    batches.set(id, batch)
  }
  const from = batch.keys.length * ask.groups.length
  batch.keys.push(key)
  return (await batch.answers).slice(from, from + ask.groups.length)
}

/** What a chart draws of one metric of each group, in their order. `growing`: a run among them still logs. */
export function groupSeriesQuery(key: string, ask: GroupsAsk, growing: boolean) {
  return queryOptions({
    queryKey: ['group-series', ask, key],
    queryFn: () => loadGroups(key, ask),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: growing ? 5_000 : 60_000,
    refetchInterval: () => growthInterval(growing),
  })
}
