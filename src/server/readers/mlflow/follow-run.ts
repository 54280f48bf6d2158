import { existsSync, statSync } from 'node:fs'

import type { ReadIssue } from '#contract/source.ts'
import type { RunChange, RunFollower, RunPlace, UnchangedRecord } from '#server/readers/reader.ts'
import type { RunRecord, SeriesRecord, SourceRecord } from '#server/readers/record.ts'
import { isGone, readFaultReason } from '#server/readers/text-file.ts'

import { type MetricTails, newTail, readTail, tailIssues } from './metric-tail.ts'
import { eachFile, fingerprintOf, listRunFiles, type RunFiles } from './run-files.ts'
import { placeOf, readRun, type RunFolder, type RunSurroundings } from './run.ts'

interface Look {
  size: number
  /** Changes with content, permissions and the file behind the name. */
  stamp: string
  inode: number
  modified: number
}

/** The folders that are listed at each look. */
const foldersOfRun = 6

/**
 * Follows the files of one run. A metric file that grew is read from its last whole line on; facts are read again when one of their
 * files changed; anything else that happens to a metric file has the run read anew.
 */
export class MlflowRunFollower implements RunFollower {
  files = 0
  readonly #around: () => RunSurroundings | null
  readonly #place: RunPlace
  readonly #directory: string
  #known: string | undefined
  #looks: Map<string, Look> | null = null
  /** Null until the run was read by this follower. */
  #tails: MetricTails | null = null
  #running = true
  #issues: ReadIssue[] | null = null

  constructor(around: () => RunSurroundings | null, directory: string, place: RunPlace, known: string | undefined) {
    this.#around = around
    this.#directory = directory
    this.#place = place
    this.#known = known
  }

  look(): RunChange | null {
    const around = this.#around()
    if (!around || !existsSync(this.#directory)) return existsSync(this.#directory) ? null : { type: 'gone' }
    around.tree.forgetLinks()
    around.tree.takeIssues()
    const files = listRunFiles(around.tree, this.#directory)
    if (!files.meta) return existsSync(this.#directory) ? null : { type: 'gone' }
    const before = this.#looks
    if (!this.#tails || !before) return this.#lookClosed(around, files)
    const looks = looksOf(files)
    this.#looks = looks
    this.files = looks.size + foldersOfRun
    const changed = [...looks].filter(([name, look]) => before.get(name)?.stamp !== look.stamp).map(([name]) => name)
    const gone = [...before.keys()].some(name => !looks.has(name))
    if (changed.length === 0 && !gone) return this.#hasLeftRest() ? this.#whole(around, files) : null
    return this.#grown(around, files, changed, gone, before) ?? this.#whole(around, files)
  }

  /** A run that was not read here is known by its fingerprint alone: there may be thousands that never change again. */
  #lookClosed(around: RunSurroundings, files: RunFiles): RunChange | null {
    const fingerprint = fingerprintOf(files, placeOf(around, this.#place.path))
    this.files = countOf(files) + foldersOfRun
    if (fingerprint !== '' && fingerprint === this.#known) return null
    this.#known = fingerprint
    this.#looks = looksOf(files)
    return this.#whole(around, files)
  }

  issues(): ReadIssue[] | null {
    return this.#issues && [...this.#issues, ...[...(this.#tails?.values() ?? [])].flatMap(tailIssues)]
  }

  /** A run has ended, and with it the hope that a line without an end gets one. */
  #hasLeftRest(): boolean {
    return !this.#running && [...(this.#tails?.values() ?? [])].some(({ offset, size }) => offset < size)
  }

  #folder(files: RunFiles): RunFolder {
    return { ...this.#place, directory: this.#directory, files, incomplete: false }
  }

  #whole(around: RunSurroundings, files: RunFiles): RunChange {
    this.#tails = null
    const incomplete = around.tree.issues.length > 0
    const folder = { ...this.#folder(files), incomplete }
    return { type: 'whole', records: this.#readWhole({ ...around, known: () => undefined }, folder) }
  }

  *#readWhole(around: RunSurroundings, folder: RunFolder): Generator<SourceRecord | UnchangedRecord, void> {
    const tails: MetricTails = new Map()
    for (const record of readRun(around, folder, tails)) {
      if (record.type === 'run') this.#running = record.status === 'running'
      yield record
    }
    this.#tails = tails
    this.#takeIssues(around)
  }

  /** Keeps the issues that the tails do not tell themselves. */
  #takeIssues(around: RunSurroundings): void {
    const told = new Set([...(this.#tails?.values() ?? [])].flatMap(tailIssues).map(issueKey))
    this.#issues = around.tree
      .takeIssues()
      .map(({ path, line, reason }) => ({ path, line, reason }))
      .filter(issue => !told.has(issueKey(issue)))
  }

  /** Null where the run has to be read anew. */
  #grown(
    around: RunSurroundings,
    files: RunFiles,
    changed: readonly string[],
    gone: boolean,
    before: ReadonlyMap<string, Look>,
  ): RunChange | null {
    const tails = this.#tails
    if (!tails || files.metrics.length < tails.size) return null
    const names = new Set(changed)
    const series: SeriesRecord[] = []
    for (const entry of files.metrics) {
      const name = `metrics/${entry.name}`
      if (!names.has(name)) continue
      const [was, is] = [before.get(name), this.#looks?.get(name)]
      const known = tails.get(entry.name)
      if (known && was && is) {
        if (was.inode !== is.inode || is.size < known.size) return null
        if (is.size === known.size) {
          // Read already by the look that saw it shorter; or only its permissions changed. Else other bytes have the same size.
          if (was.size === is.size && was.modified !== is.modified) return null
          continue
        }
      }
      const tail = known ?? newTail(entry)
      try {
        const parts = readTail(tail)
        if (!parts) return null
        series.push(...parts)
      } catch (error) {
        if (!isGone(error)) this.#fault(entry.path, readFaultReason(error))
        continue
      }
      tails.set(entry.name, tail)
      this.#issues = this.#issues?.filter(({ path }) => path !== entry.path) ?? null
    }
    const factsChanged = gone || changed.some(name => !name.startsWith('metrics/'))
    const facts = factsChanged ? this.#readFacts(around, files) : null
    // Of a run that has ended, a file without a point is told, and a last line without an end is taken.
    if (this.#hasLeftRest() || (facts && !this.#running && [...tails.values()].some(({ lines }) => lines.points === 0))) return null
    return { type: 'grown', facts, series }
  }

  #readFacts(around: RunSurroundings, files: RunFiles): RunRecord | null {
    let facts: RunRecord | null = null
    const ofMetrics = this.#issues?.filter(({ path }) => path.startsWith(`${this.#directory}/metrics/`)) ?? []
    const folder = this.#folder({ ...files, metrics: [] })
    for (const record of readRun({ ...around, known: () => undefined }, folder)) if (record.type === 'run') facts = record
    this.#takeIssues(around)
    this.#issues?.push(...ofMetrics)
    if (facts) this.#running = facts.status === 'running'
    return facts
  }

  #fault(path: string, reason: string): void {
    this.#issues = [...(this.#issues ?? []).filter(issue => issue.path !== path), { path, line: null, reason }]
  }
}

function issueKey({ path, line, reason }: ReadIssue): string {
  return `${path}\n${line}\n${reason}`
}

function countOf(files: RunFiles): number {
  let count = 0
  eachFile(files, () => (count += 1))
  return count
}

function looksOf(files: RunFiles): Map<string, Look> {
  const looks = new Map<string, Look>()
  eachFile(files, (group, { name, path }) => {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats) return
    const { size, ino: inode, mtimeMs: modified, ctimeMs } = stats
    looks.set(`${group}/${name}`, { size, inode, modified, stamp: `${modified} ${size} ${ctimeMs} ${inode}` })
  })
  return looks
}
