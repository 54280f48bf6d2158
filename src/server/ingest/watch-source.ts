import path from 'node:path'

import { ApiError } from '#contract/api-error.ts'
import type { FoundSource, RunReader, SourceWatch } from '#server/readers/reader.ts'
import type { Caller } from '#server/store/threads.ts'

import type { SourceProgress } from './import-source.ts'
import { isForeign } from './scan.ts'
import { SourceIssues } from './source-issues.ts'
import { storeChange, type StoredChange } from './store-change.ts'
import { WatchedFolders, type FolderChanges } from './watched-folders.ts'
import { WatchedRun } from './watched-run.ts'
import { type Batch, type WriterService } from './writer.ts'

/** Quiet runs are all glanced at within this time. */
const glanceMs = 30_000
/** Changes that are stored at once. */
const storedAtOnce = 32
/** Time between two counts of a source is so many times what a count takes. */
const countRest = 20

/** Watches one source that was read: what comes, grows and goes there is stored within two looks. */
export class SourceWatcher {
  readonly #found: FoundSource
  readonly #reader: RunReader
  readonly #write: Caller<WriterService>
  readonly #report: (progress: SourceProgress) => void
  readonly #copies: string
  readonly #progress: SourceProgress
  readonly #runs = new Map<string, WatchedRun>()
  /** Paths of runs by their foreign id. */
  readonly #paths = new Map<string, string>()
  readonly #pending = new Set<Promise<void>>()
  #watch: SourceWatch | null = null
  #folders: WatchedFolders | null = null
  #issues: SourceIssues | null = null
  /** Where the round of warm runs and that of quiet ones go on. */
  #nextWarm = 0
  #nextQuiet = 0
  #lookedAt = 0
  #changed = false
  #countAfter = 0

  /** `progress` is the last of the first reading, `copies` as in `ReadOptions`. */
  constructor(
    found: FoundSource,
    reader: RunReader,
    write: Caller<WriterService>,
    progress: SourceProgress,
    report: (progress: SourceProgress) => void,
    copies: string,
  ) {
    this.#found = found
    this.#reader = reader
    this.#write = write
    this.#progress = progress
    this.#report = report
    this.#copies = copies
  }

  /** Finds the folders and runs as they are now; `since` is when the first reading began. */
  async start(since: number): Promise<void> {
    const watch = this.#reader.watch(this.#found, this.#copies)
    const root = this.#found.path
    const mayEnter = this.#reader.parts
      ? (folder: string) => !isForeign(path.join(root, path.dirname(folder)), path.basename(folder))
      : () => true
    const folders = new WatchedFolders(watch, mayEnter)
    const places = await this.#write('places', this.#progress.source.no)
    const { came } = folders.start()
    const there = new Set(came)
    for (const { foreignId, path: place, fingerprint, missing, running } of places) {
      if (missing || !there.delete(place)) continue
      this.#paths.set(foreignId, place)
      this.#runs.set(place, new WatchedRun(watch, { foreignId, path: place }, fingerprint, running, since - 2_000))
    }
    this.#watch = watch
    this.#folders = folders
    const { issueList, issues } = this.#progress
    const owners = new Set([...folders.paths, ...this.#runs.keys()])
    this.#issues = new SourceIssues(root, issueList, Math.max(0, issues - issueList.length), owners)
    // What lies there and was not stored was refused by the reading, or came after it.
    for (const place of there) this.#enter(place)
  }

  /** One look, with at most about `budget` files; returns how many it took. Rejects when the writer is gone. */
  async look(budget: number, now = Date.now()): Promise<number> {
    const [watch, folders] = [this.#watch, this.#folders]
    if (!watch || !folders) return 0
    const runs = [...this.#runs.values()]
    const warm = runs.filter(run => run.isWarm(now))
    const active = new Set(warm.flatMap(({ place }) => [place.path, parentOf(place.path)]))
    const changes = folders.look(active, now)
    await this.#readFolders(watch, changes.changed)
    await this.#comeAndGo(changes)
    let files = changes.looked
    for (const place of changes.came) files += await this.#lookAt(place, this.#runs.get(place), now)
    let looked = 0
    for (; looked < warm.length && files < budget; looked += 1) {
      const run = warm[(this.#nextWarm + looked) % warm.length]
      if (run && this.#runs.get(run.place.path) === run) files += await this.#lookAt(run.place.path, run, now)
    }
    this.#nextWarm = warm.length === 0 ? 0 : (this.#nextWarm + looked) % warm.length
    files += this.#glance(runs, now, budget / 4)
    await Promise.all(this.#pending)
    await this.#count(now)
    return files
  }

  #enter(place: string): void {
    const watch = this.#watch
    if (!watch || this.#runs.has(place)) return
    const plain = watch.foreignId(place)
    const other = this.#paths.get(plain)
    const before = other === undefined ? undefined : this.#runs.get(other)
    // It was moved here, and the folder that it left was not looked at yet.
    if (before && !watch.glance(before.place)) this.#drop(before)
    // A second folder with the id of a run that is still there is a run of its own, named by its path.
    const foreignId = this.#paths.has(plain) ? place : plain
    const run = new WatchedRun(watch, { foreignId, path: place }, undefined, false, 0)
    this.#paths.set(foreignId, place)
    this.#runs.set(place, run)
    run.touch(Date.now())
  }

  /** Reads what folders say of themselves, as the project that they are. */
  async #readFolders(watch: SourceWatch, folders: readonly string[]): Promise<void> {
    for (const folder of folders) {
      const batch: Batch = { source: this.#progress.source.no, projects: [], runs: [], models: [], registeredModels: [] }
      const issues = []
      for (const record of watch.records(folder)) {
        if (record.type === 'project') batch.projects.push(record)
        else if (record.type === 'model') batch.models.push(record)
        else if (record.type === 'registered-model') batch.registeredModels.push(record)
        else if (record.type === 'issue') issues.push({ path: record.path, line: record.line, reason: record.reason })
      }
      if (this.#issues?.set(folder, issues)) this.#changed = true
      if (batch.projects.length + batch.registeredModels.length === 0) continue
      await this.#write('write', batch)
      this.#changed = true
    }
  }

  /** Runs that left are only gone when they did not come elsewhere: MLflow moves what is deleted. */
  async #comeAndGo({ came, left }: FolderChanges): Promise<void> {
    const gone = new Map<string, WatchedRun>()
    for (const place of left) {
      const run = this.#runs.get(place)
      if (!run || came.includes(place)) continue
      this.#drop(run)
      gone.set(run.place.foreignId, run)
    }
    for (const place of came) {
      this.#enter(place)
      const foreignId = this.#runs.get(place)?.place.foreignId
      if (foreignId !== undefined) gone.delete(foreignId)
    }
    await this.#markGone([...gone.keys()])
  }

  async #markGone(foreignIds: string[]): Promise<void> {
    if (foreignIds.length === 0) return
    await this.#write('gone', { source: this.#progress.source.no, foreignIds })
    this.#changed = true
  }

  #drop({ place }: WatchedRun): void {
    this.#runs.delete(place.path)
    if (this.#paths.get(place.foreignId) === place.path) this.#paths.delete(place.foreignId)
    this.#issues?.set(place.path, [])
  }

  /** Looks at a run and begins to store what changed; returns the files that it cost. */
  async #lookAt(place: string, run: WatchedRun | undefined, now: number): Promise<number> {
    if (!run || run.busy) return 0
    try {
      const follower = run.followed()
      const change = follower.look()
      if (change?.type === 'gone') {
        this.#drop(run)
        await this.#markGone([run.place.foreignId])
      } else if (change) {
        run.touch(now)
        await this.#begin(place, run, change)
      }
      return follower.files
    } catch (error) {
      this.#failed(run, error)
      return 1
    }
  }

  async #begin(place: string, run: WatchedRun, change: StoredChange): Promise<void> {
    run.busy = true
    const store = async () => {
      try {
        const { number, status } = await storeChange(this.#write, this.#progress.source.no, run, change)
        run.number = number ?? null
        if (status !== null) run.running = status === 'running'
        const issues = run.follower?.issues()
        if (issues) this.#issues?.set(place, issues)
        if (number === undefined) run.forget()
        this.#changed = true
      } catch (error) {
        this.#failed(run, error)
      } finally {
        run.busy = false
      }
    }
    const stored = store().finally(() => this.#pending.delete(stored))
    this.#pending.add(stored)
    while (this.#pending.size >= storedAtOnce) await Promise.race(this.#pending)
  }

  /** One run that cannot be read or stored does not stop the others. It is read whole the next time it changes. */
  #failed(run: WatchedRun, error: unknown): void {
    run.forget()
    if (error instanceof ApiError && error.kind === 'unavailable') return
    const reason = `could not be read again: ${error instanceof Error ? error.message : String(error)}`
    if (this.#issues?.set(run.place.path, [{ path: path.join(this.#found.path, run.place.path), line: null, reason }])) this.#changed = true
  }

  #glance(runs: readonly WatchedRun[], now: number, budget: number): number {
    const quiet = runs.filter(run => !run.isWarm(now))
    const elapsed = Math.min(now - this.#lookedAt, glanceMs)
    this.#lookedAt = now
    const count = Math.min(quiet.length, Math.ceil((quiet.length * elapsed) / glanceMs))
    let files = 0
    let glanced = 0
    for (; glanced < count && files < budget; glanced += 1) {
      const run = quiet[(this.#nextQuiet + glanced) % quiet.length]
      run?.rest(now)
      files += run?.glance(now) ?? 0
    }
    this.#nextQuiet = quiet.length === 0 ? 0 : (this.#nextQuiet + glanced) % quiet.length
    return files
  }

  /** Counts the source after changes and tells it; not so often that a large home would do nothing else. */
  async #count(now: number): Promise<void> {
    if (!this.#changed || now < this.#countAfter || !this.#issues) return
    this.#changed = false
    const started = performance.now()
    const { source, readMs } = this.#progress
    const issues = this.#issues.count
    const state = this.#runs.size > 0 ? 'ready' : this.#progress.state
    const issueList = this.#issues.list()
    const result = { state, runs: 0, points: 0, issues, readMs: readMs ?? 0 }
    const totals = await this.#write('finish', { source: source.no, result, issues: issueList, seen: null })
    this.#countAfter = now + (performance.now() - started) * countRest
    this.#report(Object.assign(this.#progress, { state, issues, issueList, runs: totals.runs, points: totals.points }))
  }
}

function parentOf(place: string): string {
  const cut = place.lastIndexOf('/')
  return cut < 0 ? '' : place.slice(0, cut)
}
