import path from 'node:path'

import { emptySummary } from '#maths/summary.ts'
import { createWriter } from '#server/ingest/writer.ts'
import { chunkPoints, encodeBlock } from '#server/store/points.ts'
import type { PreparedRun } from '#server/store/prepared.ts'

import { cached, digestOf } from './make-store.ts'
import { seeded } from './random.ts'

const sources = [
  'e2e/bench/series-store.ts',
  'src/maths/thin.ts',
  'src/maths/summary.ts',
  ...['pyramid', 'points', 'schema', 'write-run'].map(name => `src/server/store/${name}.ts`),
]

const firstStart = 1_750_000_000_000
/** Runs with a series of so many points each. */
export const manySeries = { runs: 50, points: 100_000, key: 'train/loss' }
export const longSeries = { points: 5_000_000, key: 'step/loss' }

/** A noisy curve that falls, as chunks and with the summary that the import would have made. */
function chunksOf(
  points: number,
  random: () => number,
): { chunks: PreparedRun['chunks']; metric: PreparedRun['metrics'][number]['summary'] } {
  const summary = {
    ...emptySummary(),
    count: points,
    min: 0.1,
    max: 2.5,
    first: 2.3,
    firstTime: firstStart / 1_000,
    last: 0.4,
    lastStep: points - 1,
  }
  const end = 0.1 + random()
  const chunks: PreparedRun['chunks'] = []
  for (let start = 0; start < points; start += chunkPoints) {
    const count = Math.min(chunkPoints, points - start)
    const steps = new Uint32Array(count)
    const times = new Float64Array(count)
    const values = new Float64Array(count)
    for (let at = 0; at < count; at += 1) {
      steps[at] = start + at
      times[at] = firstStart / 1_000 + (start + at) / 10
      values[at] = end + (2.3 - end) * Math.exp((-6 * (start + at)) / points) + (random() - 0.5) * 0.2
    }
    chunks.push({ metric: 0, no: start / chunkPoints, bytes: encodeBlock({ steps, times, values }) })
  }
  return { chunks, metric: summary }
}

function runWith(no: number, key: string, points: number, random: () => number): PreparedRun {
  const { chunks, metric } = chunksOf(points, random)
  const id = `series-${key.replace('/', '-')}-${no}`
  const start = firstStart + no * 60_000
  const facts = {
    user: 'ana',
    host: '',
    gitCommit: '',
    command: '',
    parent: '',
    kind: '',
    path: `1/${id}`,
    artifacts: null,
    media: [],
    deletedAt: null,
  }
  const detail = { gitBranch: '', gitRepository: '', gitDirty: false, framework: '', note: '', datasets: [], models: [] }
  return {
    ...facts,
    foreignId: id,
    idIsPath: false,
    project: '1',
    name: id,
    status: 'finished',
    start,
    end: start + points * 100,
    points,
    digest: id,
    fingerprint: id,
    detail,
    params: [['seed', String(no)]],
    tags: [],
    metrics: [{ key, summary: metric }],
    pages: [],
    chunks,
  }
}

export interface SeriesStore {
  home: string
  database: string
  /** Ids of the runs of `manySeries`, and of the run of `longSeries`. */
  many: string[]
  long: string
}

/** A home with long series, filled through the real writer, from the cache or made now. */
export function openSeriesStore(): SeriesStore {
  const home = cached('series', digestOf(sources), folder => {
    process.stderr.write('  writing the store series\n')
    const { service } = createWriter(path.join(folder, 'readout.db'), () => undefined)
    const { source } = service.claim({ format: 'mlflow', path: '/bench/series', name: 'series', marks: ['series'] })
    const project = { type: 'project' as const, foreignId: '1', name: 'series', path: '1', description: '', tags: [], deleted: false }
    service.write({ source: source.no, projects: [{ ...project, primaryMetric: null }], runs: [], models: [], registeredModels: [] })
    const random = seeded(11)
    const write = (run: PreparedRun) => service.write({ source: source.no, projects: [], runs: [run], models: [], registeredModels: [] })
    for (let no = 0; no < manySeries.runs; no += 1) write(runWith(no, manySeries.key, manySeries.points, random))
    write(runWith(0, longSeries.key, longSeries.points, random))
    const runs = manySeries.runs + 1
    service.finish({ source: source.no, result: { state: 'ready', runs, points: 0, issues: 0, readMs: 0 }, issues: [], seen: null })
    service.close()
  })
  const id = (key: string, no: number) => `series-${key.replace('/', '-')}-${no}`
  return {
    home,
    database: path.join(home, 'readout.db'),
    many: Array.from({ length: manySeries.runs }, (_, no) => id(manySeries.key, no)),
    long: id(longSeries.key, 0),
  }
}
