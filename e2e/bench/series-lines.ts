import { spawnSync } from 'node:child_process'

import type { BandKind } from '#contract/band.ts'
import { operations, type Input } from '#contract/operations.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { decodeWindows } from '#contract/windows-frame.ts'
import { createReader } from '#server/queries/service.ts'

import type { BenchRun, Line } from './line.ts'
import { longSeries, manySeries, openSeriesStore, type SeriesStore } from './series-store.ts'
import { median, percentile, timed } from './stats.ts'

const width = 1_024

type Ask = Input<'seriesWindows'>

function faultsOf(answers: readonly (SeriesWindow | SeriesFault)[], points: number): string[] {
  const faults: string[] = []
  for (const answer of answers) {
    if ('error' in answer) faults.push(answer.error.error.message)
    else if (answer.total !== points) faults.push(`${answer.total} points where ${points} were written`)
    else if (answer.drawn.values.length > width * 5) faults.push(`${answer.drawn.values.length} points drawn in ${width} pixels`)
  }
  return [...new Set(faults)]
}

function open(file: string) {
  const { service } = createReader(file)
  return { service, ask: (input: Ask) => service.seriesWindows(operations.seriesWindows.input.parse(input)) }
}

/** Puts a file out of the system's cache, so that the next read goes to the disk; false where this system has no way to. */
function dropFromCache(file: string): boolean {
  return spawnSync('dd', [`of=${file}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0'], { stdio: 'ignore' }).status === 0
}

function warm({ many, long, database }: SeriesStore): Line[] {
  const { service, ask } = open(database)
  const page: Ask = { series: many.map(run => ({ run, key: manySeries.key })), width }
  const one = { series: [{ run: long, key: longSeries.key }], width }
  const manyFaults = faultsOf(decodeWindows(ask(page)), manySeries.points)
  const longFaults = faultsOf(decodeWindows(ask(one)), longSeries.points)
  timed(10, () => ask(page))
  const times = timed(40, () => ask(page))
  const longTimes = timed(60, () => ask(one))
  const zoomTimes = timed(60, index => ask({ ...one, from: index * 50_000, to: index * 50_000 + 2_000 }))
  service.close(null)
  const p95 = (values: number[]) => `p95 ${percentile(values, 0.95).toFixed(1)} ms`
  return [
    {
      what: '50 series × 100 k points on one chart, server',
      unit: 'ms',
      budget: 15,
      measured: median(times),
      note: `reader, encoded; ${p95(times)}`,
      faults: manyFaults,
    },
    {
      what: '5 M-point series opened, warm',
      unit: 'ms',
      budget: 10,
      measured: median(longTimes),
      note: p95(longTimes),
      faults: longFaults,
    },
    { what: '— zoomed to 2,000 of its points', unit: 'ms', budget: 10, measured: median(zoomTimes), note: p95(zoomTimes) },
  ]
}

/** The mean of 50 runs with its band, made of all of their points, and opened again in another window. */
function grouped({ many, database }: SeriesStore): Line[] {
  const { service, ask } = open(database)
  // The chunks and what reads them are warm, as in a chart whose runs were drawn before.
  ask({ series: many.map(run => ({ run, key: manySeries.key })), width })
  const of = (band: BandKind, from: number | null = null) =>
    service.groupWindows(
      operations.groupWindows.input.parse({ keys: [manySeries.key], groups: [{ id: 'all', runs: many }], band, from, width }),
    )
  const first = timed(1, () => of('ci95'))
  const quartiles = timed(1, () => of('quartiles'))
  const again = timed(20, at => of('ci95', at * 100))
  const faults = faultsOf(decodeWindows(of('ci95')), manySeries.points)
  service.close(null)
  return [
    {
      what: '50 runs × 100 k points as one group',
      unit: 'ms',
      budget: null,
      measured: median(first),
      note: `mean and 95 % CI; ${median(quartiles).toFixed(0)} ms for median and quartiles, ${median(again).toFixed(1)} ms for another window`,
      faults,
    },
  ]
}

function cold({ long, database }: SeriesStore): Line {
  const times: number[] = []
  let dropped = true
  for (let round = 0; round < 5; round += 1) {
    dropped &&= dropFromCache(database)
    const { service, ask } = open(database)
    times.push(...timed(1, () => ask({ series: [{ run: long, key: longSeries.key }], width })))
    service.close(null)
  }
  return {
    what: '5 M-point series opened, cold',
    unit: 'ms',
    budget: 150,
    measured: median(times),
    note: dropped
      ? 'a new reader, the file not in the cache of the system'
      : 'a new reader; the file may still be in the cache of the system',
  }
}

/** Long series as charts ask for them, at every size alike: none of it grows with the number of runs. */
export async function seriesLines(_run: BenchRun): Promise<Line[]> {
  const store = openSeriesStore()
  return [...warm(store), ...grouped(store), cold(store)]
}
