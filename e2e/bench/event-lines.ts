import type { SourceEntry } from '#contract/source.ts'

import type { BenchRun, Line } from './line.ts'
import { makeEvents } from './make-events.ts'
import { cached, digestOf } from './make-store.ts'
import { scratchFolder, startServer, untilRead } from './server.ts'
import { median } from './stats.ts'

const fullSteps = 100_000
const runs = 8
const rounds = 3
/** Points a second into the store. */
const budget = 2_000_000

/**
 * Reading a TensorBoard logdir into the store, from when the source is known until all of it is committed; the start of the threads,
 * which does not grow with the points, is told beside it.
 */
export async function eventLines({ share, say, budget: budgetAt }: BenchRun): Promise<Line[]> {
  const steps = fullSteps * share
  const points = runs * steps * 10
  const folder = cached(`tfevents-${points}`, digestOf(['e2e/bench/make-events.ts', 'e2e/bench/random.ts']), part => {
    say(`  writing event files of ${points} points`)
    makeEvents(part, { runs, steps })
  })
  const seconds: number[] = []
  const whole: number[] = []
  const peaks: number[] = []
  const faults = new Set<string>()
  for (let round = 0; round <= rounds; round += 1) {
    const server = await startServer(scratchFolder(), [folder])
    try {
      const { health, at } = await untilRead(server, 5)
      const [entry] = await server.client.json<SourceEntry[]>('/api/sources')
      const took = (entry?.readMs ?? Number.NaN) / 1_000
      say(`  import ${round === 0 ? '(warms the cache) ' : ''}${took.toFixed(2)} s`)
      if (round > 0) {
        seconds.push(took)
        whole.push((at - server.announcedAt) / 1_000)
      }
      peaks.push(server.peakMegabytes() ?? 0)
      const [source] = health.sources
      if (source?.runs !== runs || source.points !== points || source.issues !== 0)
        faults.add(`${JSON.stringify(health.sources)}, where ${runs} runs and ${points} points were written`)
    } finally {
      await server.stop()
    }
  }
  return [
    {
      what: `tfevents into the store, ${(points / 1e6).toFixed(1)} M points, CRC checked`,
      unit: 's',
      budget: budgetAt((runs * fullSteps * 10) / budget, 0.2),
      measured: median(seconds),
      note: `median of ${rounds}, ${(points / median(seconds) / 1e6).toFixed(2)} M points/s; ${median(whole).toFixed(2)} s with the start of the threads; peak RSS ${Math.max(...peaks).toFixed(0)} MB`,
      faults: [...faults],
    },
  ]
}
