import { appendFileSync, cpSync, readdirSync } from 'node:fs'
import path from 'node:path'

import type { Health } from '#contract/source.ts'

import { openTree } from './import-lines.ts'
import type { BenchRun, Line } from './line.ts'
import { scratchFolder, startServer, untilRead, type BenchServer } from './server.ts'
import { median, sleep } from './stats.ts'

const idleSeconds = 20
const samples = 10

/** Watching runs that do not change, and how soon a point of one of them is known. */
export async function watchLines(run: BenchRun): Promise<Line[]> {
  const tree = openTree(run)
  // One run is written to, so that the tree that other groups share stays as it is.
  const growing = path.join(scratchFolder(), 'mlruns')
  const [experiment = ''] = readdirSync(tree.folder).sort()
  const [first = ''] = readdirSync(path.join(tree.folder, experiment)).sort()
  cpSync(path.join(tree.folder, experiment, 'meta.yaml'), path.join(growing, '1', 'meta.yaml'))
  cpSync(path.join(tree.folder, experiment, first), path.join(growing, '1', first), { recursive: true })
  const server = await startServer(scratchFolder(), [tree.folder, growing])
  try {
    await untilRead(server)
    // What was just read is looked at once more; after that it is idle.
    await sleep(3_000)
    const share = await idleShare(server)
    const metric = path.join(growing, '1', first, 'metrics', 'metric_0')
    const late: number[] = []
    for (let sample = 0; sample < samples; sample += 1) late.push(await lateness(server, metric, sample))
    const name = `idle on ${tree.runs.toLocaleString('en')} watched runs, of a core`
    const note = `all threads of the server over ${idleSeconds} s`
    return [
      ...(share === null ? [] : [{ what: name, unit: '%' as const, budget: 2, measured: share, note }]),
      {
        what: 'a point from its writing to the counts of the API',
        unit: 'ms',
        budget: 2_000,
        measured: Math.max(...late),
        note: `greatest of ${samples}, median ${median(late).toFixed(0)} ms; the first has its run read whole`,
      },
    ]
  } finally {
    await server.stop()
  }
}

/** Per cent of one core that the server takes while nobody asks; null where the system does not tell. */
async function idleShare(server: BenchServer): Promise<number | null> {
  const before = server.cpuSeconds()
  const started = performance.now()
  await sleep(idleSeconds * 1_000)
  const after = server.cpuSeconds()
  return before === null || after === null ? null : ((after - before) / ((performance.now() - started) / 1_000)) * 100
}

async function lateness({ client }: BenchServer, metric: string, sample: number): Promise<number> {
  const points = async () => (await client.json<Health>('/api/health')).sources.reduce((sum, source) => sum + source.points, 0)
  const before = await points()
  const written = performance.now()
  appendFileSync(metric, `${Date.now()} 0.5 ${100 + sample}\n`)
  while ((await points()) === before) {
    if (performance.now() - written > 30_000) throw new Error('A point that was added was not counted within 30 s')
    await sleep(5)
  }
  return performance.now() - written
}
