import { existsSync, statSync, type Stats } from 'node:fs'
import { basename } from 'node:path'

import { FileBuffer } from '#server/readers/file-buffer.ts'
import type { FolderLook, FoundSource, Glance, RunPlace, SourceWatch } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { type Experiment, experimentRecords, openExperiment, prefix, reservedFolders } from './experiment.ts'
import { MlflowRunFollower } from './follow-run.ts'
import { foldersIn, isExperiment, notExperiments } from './layout.ts'
import type { RunSurroundings } from './run.ts'
import { SourceTree } from './source-tree.ts'

/** A folder that is to become a run gets its `meta.yaml` within moments. */
const pendingMs = 60_000
/** Parts of an experiment whose coming changes what is known of it. */
const ofExperiment = ['meta.yaml', 'tags', 'datasets', 'models']
/** Parts of a run that change with nearly all that happens to it, but for points of metrics that it has. */
const ofRun = ['meta.yaml', 'metrics', 'params', 'tags', 'inputs', 'outputs']

/** Follows an MLflow tree, or one experiment of it. */
export class MlflowWatch implements SourceWatch {
  readonly #root: string
  readonly #tree: SourceTree
  readonly #isExperiment: boolean
  readonly #buffer = new FileBuffer()
  readonly #aside = new FileBuffer()
  readonly #experiments = new Map<string, Experiment | null>()

  constructor(source: FoundSource) {
    this.#root = source.path
    this.#tree = new SourceTree(source.path)
    this.#isExperiment = isExperiment(source.path, foldersIn(source.path))
  }

  stamp(folder: string): string | null {
    const directory = this.#directory(folder)
    const stats = look(directory)
    if (!stats) return null
    const holdsRuns = this.#isExperiment || folder !== ''
    const parts = holdsRuns ? ofExperiment.map(name => look(`${directory}/${name}`)) : [look(`${directory}/.trash`)]
    return [stats, ...parts].map(found => (found ? `${found.mtimeMs} ${found.ino}` : '')).join(' ')
  }

  list(folder: string): FolderLook {
    const directory = this.#directory(folder)
    const names = foldersIn(directory)
    if (folder === '' && !this.#isExperiment) {
      const trash = names.includes('.trash') ? foldersIn(`${directory}/.trash`).map(name => `.trash/${name}`) : []
      return { folders: [...names.filter(name => !notExperiments.has(name)), ...trash], runs: [], pending: false }
    }
    const candidates = names.filter(name => !reservedFolders.has(name))
    const runs = candidates.filter(name => existsSync(`${directory}/${name}/meta.yaml`))
    const found = new Set(runs)
    const now = Date.now()
    const isYoung = (name: string) => Math.abs(now - (look(`${directory}/${name}`)?.mtimeMs ?? 0)) < pendingMs
    return {
      folders: [],
      runs: runs.map(name => prefix(folder) + name),
      pending: candidates.some(name => !found.has(name) && isYoung(name)),
    }
  }

  *records(folder: string): Generator<SourceRecord, void> {
    this.#experiments.delete(folder)
    if (folder === '' && !this.#isExperiment) return
    this.#tree.takeIssues()
    const experiment = this.#experiment(folder)
    if (experiment) yield* experimentRecords({ tree: this.#tree, aside: this.#aside }, experiment, folder)
  }

  foreignId(path: string): string {
    return basename(path)
  }

  glance({ path }: RunPlace): Glance | null {
    const directory = this.#directory(path)
    const run = look(directory)
    if (!run) return null
    const parts = [run, ...ofRun.map(name => look(`${directory}/${name}`))]
    return {
      signature: parts.map(found => (found ? `${found.mtimeMs} ${found.size}` : '')).join(' '),
      newest: Math.max(...parts.map(found => found?.mtimeMs ?? 0)),
      files: parts.length,
    }
  }

  follow(run: RunPlace, known: string | undefined): MlflowRunFollower {
    const cut = run.path.lastIndexOf('/')
    const folder = cut < 0 ? '' : run.path.slice(0, cut)
    const around = (): RunSurroundings | null => this.#experiment(folder)?.around ?? null
    return new MlflowRunFollower(around, this.#directory(run.path), run, known)
  }

  #directory(path: string): string {
    return path === '' ? this.#root : `${this.#root}/${path}`
  }

  #experiment(folder: string): Experiment | null {
    const known = this.#experiments.get(folder)
    if (known) return known
    const directory = this.#directory(folder)
    const reading = { tree: this.#tree, buffer: this.#buffer, aside: this.#aside, known: () => undefined }
    const opened = openExperiment(reading, { name: basename(directory), path: directory }, folder, folder.startsWith('.trash/'))
    this.#experiments.set(folder, opened)
    return opened
  }
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch {
    // What may not be looked at is told when its folder is listed.
    return undefined
  }
}
