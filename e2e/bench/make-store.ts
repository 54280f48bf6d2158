import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import type { RunStatus } from '#contract/run.ts'
import { RunBuilder } from '#server/ingest/prepare-run.ts'
import { createWriter } from '#server/ingest/writer.ts'
import type { RunRecord } from '#server/readers/record.ts'
import type { PreparedRun } from '#server/store/prepared.ts'

import { hex, pick, seeded } from './random.ts'
import { curve, shapes, type Shape, type StoreName } from './shapes.ts'

const root = path.resolve(import.meta.dirname, '../..')
/** Everything that decides what a generated home holds and how it lies on disk. */
const sources = [
  ...['make-store', 'shapes', 'random'].map(name => `e2e/bench/${name}.ts`),
  'src/maths/summary.ts',
  ...['held-points', 'prepare-run', 'writer'].map(name => `src/server/ingest/${name}.ts`),
  ...['database', 'identity', 'keys', 'page', 'points', 'projects', 'schema', 'sources', 'write-run'].map(
    name => `src/server/store/${name}.ts`,
  ),
]

/** Folder of what benches leave for the next one. */
export const cacheFolder = path.join(os.tmpdir(), 'readout-bench')

/** Digest of files, given relative to the package. */
export function digestOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)))
  return hash.digest('hex').slice(0, 12)
}

/**
 * A folder of the cache, made by `make` where it is not there; older ones of that name are removed. What was half made when a
 * bench ended is made anew.
 */
export function cached(name: string, digest: string, make: (folder: string) => void): string {
  const folder = path.join(cacheFolder, `${name}-${digest}`)
  if (existsSync(folder)) return folder
  mkdirSync(cacheFolder, { recursive: true })
  for (const old of readdirSync(cacheFolder))
    if (old.replace(/-[^-]*$/, '') === name) rmSync(path.join(cacheFolder, old), { recursive: true })
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part)
  make(part)
  renameSync(part, folder)
  return folder
}

export function runsOf(name: StoreName, share: number): number {
  return Math.round(shapes[name].runs * share)
}

export interface Store {
  home: string
  database: string
  runs: number
}

/** A home filled through the real writer, from the cache or made now in a process of its own. `share` is the part of its runs. */
export function openStore(name: StoreName, share: number): Store {
  const runs = runsOf(name, share)
  const home = cached(`${name}-${runs}`, digestOf(sources), folder => {
    process.stderr.write(`  writing the store ${name}: ${runs} runs\n`)
    const made = spawnSync(process.execPath, [import.meta.filename, name, String(runs), folder], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    if (made.status !== 0) throw new Error(`The store ${name} could not be made`)
  })
  return { home, database: path.join(home, 'readout.db'), runs }
}

const firstStart = 1_750_000_000_000
const adjectives = ['calm', 'brisk', 'amber', 'quiet', 'bold', 'lucid'] as const
const nouns = ['fox', 'river', 'pine', 'comet', 'otter', 'ridge'] as const

function statusOf(random: () => number): RunStatus {
  const at = random()
  return at < 0.8 ? 'finished' : at < 0.9 ? 'failed' : at < 0.95 ? 'killed' : at < 0.99 ? 'running' : 'scheduled'
}

function makeRun(shape: Shape, run: number, random: () => number): PreparedRun {
  const foreignId = hex(random, 32)
  const start = firstStart + run * 60_000
  const status = statusOf(random)
  const record: RunRecord = {
    type: 'run',
    foreignId,
    projectForeignId: '1',
    path: `1/${foreignId}`,
    name: `${pick(random, adjectives)}-${pick(random, nouns)}-${run}`,
    status,
    kind: '',
    user: pick(random, ['ana', 'ben', 'chidi']),
    start,
    end: status === 'running' ? null : start + Math.round(random() * 3_600_000),
    host: '',
    gitCommit: hex(random, 40),
    gitBranch: 'main',
    gitRepository: '',
    gitDirty: false,
    command: 'train.py',
    framework: '',
    note: '',
    parent: '',
    deletedAt: run % 100 === 99 ? start : null,
    params: shape.params(run, random),
    tags: [['owner', pick(random, ['ana', 'ben', 'chidi'])]],
    series: shape.metrics(run).map(key => curve(key, shape.points, start, random)),
    datasets: [],
    models: [],
    artifacts: null,
    digest: foreignId,
    fingerprint: foreignId,
  }
  return new RunBuilder(record).finish()
}

function writeStore(name: StoreName, runs: number, folder: string): void {
  const shape: Shape = shapes[name]
  const { service } = createWriter(path.join(folder, 'readout.db'), () => undefined)
  const { source } = service.claim({ format: 'mlflow', path: `/bench/${name}`, name, marks: [name] })
  const project = { type: 'project' as const, foreignId: '1', name, path: '1', description: '', tags: [], deleted: false }
  const primaryMetric = { key: 'val/acc', greaterIsBetter: true }
  service.write({ source: source.no, projects: [{ ...project, primaryMetric }], runs: [], models: [], registeredModels: [] })
  const random = seeded(7)
  for (let from = 0; from < runs; from += shape.batch) {
    const batch = Array.from({ length: Math.min(shape.batch, runs - from) }, (_, index) => makeRun(shape, from + index, random))
    service.write({ source: source.no, projects: [], runs: batch, models: [], registeredModels: [] })
    if ((from / shape.batch) % 10 === 9) process.stderr.write(`  ${name}: ${from + batch.length} of ${runs} runs\n`)
  }
  service.finish({ source: source.no, result: { state: 'ready', runs, points: 0, issues: 0, readMs: 0 }, issues: [], seen: null })
  service.close()
}

if (import.meta.main) {
  const [name = '', runs = '', folder = ''] = process.argv.slice(2)
  if (!(name in shapes) || !folder)
    throw new Error(`usage: node e2e/bench/make-store.ts <${Object.keys(shapes).join('|')}> <runs> <folder>`)
  writeStore(name as StoreName, Number(runs), folder)
}
