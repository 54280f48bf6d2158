import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import type { RunsPage } from '#contract/runs-page.ts'
import type { Health, Project } from '#contract/source.ts'

import type { BenchRun, Line } from './line.ts'
import { cached, digestOf } from './make-store.ts'
import { scratchFolder, startServer, untilRead, type BenchServer, type Delay } from './server.ts'
import { median, percentile, sleep } from './stats.ts'

const fullRuns = 10_000
const columns = Array.from({ length: 20 }, (_, index) => (index < 10 ? `metrics.metric_${index}` : `params.param_${index}`))

export interface Tree {
  folder: string
  runs: number
  points: number
}

interface Import {
  /** Seconds from the start of the process, and from the line that says where the server is: there the import begins. */
  seconds: number
  importSeconds: number
  firstRowsSeconds: number
  firstRowsAfterStart: number
  peak: number | null
  faults: string[]
}

/** A tree of runs of 60 files each, kept from one bench to the next. */
export function openTree({ tools, share, say }: BenchRun): Tree {
  const runs = fullRuns * share
  const folder = cached(`mlruns-${runs}`, digestOf(['e2e/bench/make-mlruns.mjs']), part => {
    say(`  writing an mlruns tree of ${runs} runs × 60 files`)
    tools.makeMlruns(part, { runs })
  })
  return { folder, runs, points: runs * 300 }
}

/** Asks as a page does until there is a row to show. */
async function untilRows({ client }: BenchServer): Promise<number> {
  while (true) {
    const projects = await client.json<Project[]>('/api/projects')
    const project = projects.find(({ runs }) => runs > 0)
    if (project) {
      const page = await client.json<RunsPage>('/api/runs', { project: project.id, columns })
      if (page.rows.length > 0) return performance.now()
    }
    await sleep(10)
  }
}

function countFaults(health: Health, tree: Tree): string[] {
  const sum = (of: (source: Health['sources'][number]) => number) => health.sources.reduce((total, source) => total + of(source), 0)
  const found = { runs: sum(({ runs }) => runs), points: sum(({ points }) => points), issues: sum(({ issues }) => issues) }
  const right = found.runs === tree.runs && found.points === tree.points && found.issues === 0 && health.status === 'ok'
  return right ? [] : [`${JSON.stringify(found)}, ${health.status}, where ${tree.runs} runs and ${tree.points} points were written`]
}

async function importOnce(tree: Tree): Promise<Import> {
  const server = await startServer(scratchFolder(), [tree.folder])
  try {
    const rowsAt = await untilRows(server)
    const { health, at } = await untilRead(server)
    return {
      seconds: (at - server.startedAt) / 1_000,
      importSeconds: (at - server.announcedAt) / 1_000,
      firstRowsSeconds: (rowsAt - server.announcedAt) / 1_000,
      firstRowsAfterStart: (rowsAt - server.startedAt) / 1_000,
      peak: server.peakMegabytes(),
      faults: countFaults(health, tree),
    }
  } finally {
    await server.stop()
  }
}

/** Pages of the run table one after the other, of each project in turn, until told to end. */
async function keepAsking({ client }: BenchServer, ended: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (!ended()) {
    const projects = await client.json<Project[]>('/api/projects')
    for (const { id } of projects) {
      const { status, ms, body } = await client.post('/api/runs', {
        project: id,
        columns,
        filter: 'metrics.metric_0 > 0',
        sort: ['-metrics.metric_1'],
      })
      if (status !== 200) throw new Error(body.toString())
      times.push(ms)
      if (ended()) break
    }
    await sleep(5)
  }
  return times
}

interface Load {
  delay: Delay
  health: number[]
  pages: number[]
  peak: number | null
}

/** An import while health is asked 200 times a second and two clients ask for pages; goes on for a second after the import. */
async function underLoad(tree: Tree): Promise<Load> {
  const server = await startServer(scratchFolder(), [tree.folder], { probe: true })
  try {
    const endDelay = server.measureDelay()
    const poller = new Worker(new URL('./health-poller.ts', import.meta.url), { workerData: server.url })
    let ended = false
    const askers = [keepAsking(server, () => ended), keepAsking(server, () => ended)]
    await untilRead(server, 50)
    await sleep(1_000)
    ended = true
    const pages = (await Promise.all(askers)).flat()
    const delay = await endDelay()
    poller.postMessage('end')
    const [health] = (await once(poller, 'message')) as [number[]]
    return { delay, health, pages, peak: server.peakMegabytes() }
  } finally {
    await server.stop()
  }
}

/** Reading an mlruns tree whose files are in the page cache, alone and while pages are asked for. */
export async function importLines(run: BenchRun): Promise<Line[]> {
  const tree = openTree(run)
  const rounds: Import[] = []
  for (let round = 0; round <= 3; round += 1) {
    const result = await importOnce(tree)
    run.say(`  import ${round === 0 ? '(warms the cache) ' : ''}${result.importSeconds.toFixed(2)} s`)
    if (round > 0) rounds.push(result)
  }
  const load = process.platform === 'win32' ? null : await underLoad(tree)
  const middle = (of: (result: Import) => number) => median(rounds.map(of))
  const faults = [...new Set(rounds.flatMap(round => round.faults))]
  const rate = (tree.points / middle(round => round.importSeconds) / 1e6).toFixed(2)
  const lines: Line[] = [
    {
      what: `mlruns import, ${tree.runs.toLocaleString('en')} runs × 60 files`,
      unit: 's',
      budget: run.budget(10, 0.3),
      measured: middle(round => round.importSeconds),
      note: `median of ${rounds.length}, ${rate} M points/s; ${middle(round => round.seconds).toFixed(2)} s from the start of the process`,
      faults,
    },
    {
      what: 'first rows through the API',
      unit: 's',
      budget: 1,
      measured: middle(round => round.firstRowsSeconds),
      note: `from the start of the import; ${middle(round => round.firstRowsAfterStart).toFixed(2)} s from the start of the process`,
    },
  ]
  const peaks = [...rounds.map(round => round.peak), load?.peak ?? null].filter(peak => peak !== null)
  if (peaks.length > 0)
    lines.push({
      what: 'peak RSS, import',
      unit: 'MB',
      budget: run.budget(1_000, 400),
      measured: Math.max(...peaks),
      note: 'server process',
    })
  return load ? [...lines, ...loadLines(load)] : lines
}

function loadLines({ delay, health, pages }: Load): Line[] {
  const worst = (values: readonly number[]) => `worst ${Math.max(...values).toFixed(0)} ms of ${values.length}`
  return [
    {
      what: 'event-loop delay p99 of the main thread, import and pages',
      unit: 'ms',
      budget: 10,
      measured: delay.p99,
      note: `inside the server, by a module loaded before it; p50 ${delay.p50.toFixed(2)} ms, worst ${delay.max.toFixed(0)} ms`,
    },
    {
      what: '— /api/health p99 meanwhile',
      unit: 'ms',
      budget: null,
      measured: percentile(health, 0.99),
      note: `asked 200 times a second from outside, so with all of this process's own waiting; p50 ${median(health).toFixed(1)} ms, ${worst(health)}`,
    },
    {
      what: '— table page p95 meanwhile',
      unit: 'ms',
      budget: null,
      measured: percentile(pages, 0.95),
      note: `p50 ${median(pages).toFixed(1)} ms, ${worst(pages)}`,
    },
  ]
}
