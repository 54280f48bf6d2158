import { queryOptions } from '@tanstack/react-query'

import type { Input } from '#contract/operations.ts'
import type { SeriesFault, SeriesRef, SeriesWindow } from '#contract/series-window.ts'
import { decodeWindows } from '#contract/windows-frame.ts'

import { call } from './client.ts'
import { growthInterval } from './polling.ts'

type Answer = SeriesWindow | SeriesFault
/** The window that the charts of a page show, and how. */
export type SeriesAsk = Omit<Input<'seriesWindows'>, 'series'>

/** The most that the server takes at once. */
const mostSeries = 2_000

interface Batch {
  series: SeriesRef[]
  answers: Promise<Answer[]>
}

const batches = new Map<string, Batch>()

/** Charts that ask in one turn for the same window share a request. */
async function loadSeries(series: readonly SeriesRef[], ask: SeriesAsk): Promise<Answer[]> {
  const key = JSON.stringify(ask)
  let batch = batches.get(key)
  if (!batch || batch.series.length + series.length > mostSeries) {
    const wanted: SeriesRef[] = []
    const answers = Promise.resolve().then(async () => {
      if (batches.get(key)?.series === wanted) batches.delete(key)
      return decodeWindows(await call('seriesWindows', { ...ask, series: wanted }))
    })
    batch = { series: wanted, answers }
    batches.set(key, batch)
  }
  const from = batch.series.length
  batch.series.push(...series)
  return (await batch.answers).slice(from, from + series.length)
}

/** What one chart draws of its series, in their order; at most 2,000. `growing`: a run among them still logs. */
export function seriesQuery(series: readonly SeriesRef[], ask: SeriesAsk, growing: boolean) {
  return queryOptions({
    queryKey: ['series', ask, series] as const,
    queryFn: () => loadSeries(series, ask),
    // What was drawn stays while a zoom asks for finer points, unless its places are values of another metric.
    placeholderData: (before: Answer[] | undefined, query) => (query?.queryKey[1].xKey === ask.xKey ? before : undefined),
    structuralSharing: false,
    staleTime: growing ? 5_000 : 60_000,
    refetchInterval: () => growthInterval(growing),
  })
}
