import type { ReadIssue } from '#contract/source.ts'
import type { RunChange, RunFollower, UnchangedRecord } from '#server/readers/reader.ts'
import type { RunRecord, SeriesColumns, SourceRecord } from '#server/readers/record.ts'
import { isGone } from '#server/readers/text-file.ts'

import { type EventHooks, readEvents } from './read-events.ts'
import { listRunFiles, type RunFile, type RunFiles } from './run-files.ts'
import type { RunPlace } from './run-place.ts'
import { readRun, recordOf, type RunProgress, statusOf } from './run.ts'

/** Growth beyond it is no growth of one look: the run is read anew, which keeps little of it in memory. */
const growthLimit = 64 * 1024 * 1024

/**
 * Follows the event files of one run, each from its last whole record on. A file that shrank, was replaced or went away has the run
 * read anew, and so has a new `hparams.yaml`.
 */
export class EventRunFollower implements RunFollower {
  files = 0
  readonly #place: RunPlace
  #known: string | undefined
  #files: RunFiles | null = null
  /** Null until the run was read by this follower. */
  #progress: RunProgress | null = null
  #facts = ''
  #issues: ReadIssue[] | null = null
  /** What was wrong with what was added, by file: the first that is told of its end stands until more can be read. */
  readonly #added = new Map<string, ReadIssue[]>()

  constructor(place: RunPlace, known: string | undefined) {
    this.#place = place
    this.#known = known
  }

  look(): RunChange | null {
    let files: RunFiles
    try {
      files = listRunFiles(this.#place.directory)
    } catch (error) {
      return isGone(error) ? { type: 'gone' } : null
    }
    this.files = files.events.length + 2
    if (files.events.length === 0) return { type: 'gone' }
    const before = this.#files
    this.#files = files
    if (!before) return `${files.fingerprint}\n${this.#place.parent}` === this.#known ? null : this.#whole()
    if (files.fingerprint === before.fingerprint) return null
    const progress = this.#progress
    if (!progress || !isGrowth(progress.files, files)) return this.#whole()
    return this.#grown(progress, files)
  }

  issues(): ReadIssue[] | null {
    return this.#issues && [...this.#issues, ...[...this.#added.values()].flat()]
  }

  #whole(): RunChange {
    this.#progress = null
    return { type: 'whole', records: this.#readWhole() }
  }

  *#readWhole(): Generator<SourceRecord | UnchangedRecord, void> {
    const issues: ReadIssue[] = []
    let end: RunProgress | null = null
    for (const record of readRun(this.#place, undefined, undefined, progress => (end = progress))) {
      if (record.type === 'issue') issues.push({ path: record.path, line: record.line, reason: record.reason })
      else {
        if (record.type === 'run') this.#facts = factsOf(record)
        yield record
      }
    }
    this.#progress = end
    this.#issues = issues
    this.#added.clear()
  }

  #grown(progress: RunProgress, files: RunFiles): RunChange {
    const { decoder, sink, ends } = progress
    const sizes = new Map(progress.files.events.map(({ path, size }) => [path, size]))
    const grown = files.events.filter(({ path, size }) => size > (sizes.get(path) ?? 0))
    const bytes = grown.reduce((sum, { path, size }) => sum + size - (ends.get(path) ?? 0), 0)
    if (bytes > growthLimit) return this.#whole()
    const faults: string[] = []
    const hooks: EventHooks = {
      fault: (_, reason) => void faults.push(reason),
      gone: () => {},
      block: () => {},
      full: () => false,
      end: ({ path }, wholeEnd) => void ends.set(path, wholeEnd),
    }
    sink.goOn()
    for (const file of grown) {
      sink.file = file.name
      const from = ends.get(file.path) ?? 0
      for (const _ of readEvents([file], decoder, hooks, () => from));
      this.#noteFaults(file, faults.splice(0), (ends.get(file.path) ?? 0) > from)
    }
    const series: SeriesColumns[] = [...sink.store.take()]
    this.#progress = { ...progress, files }
    const params = sink.params.size > 0 ? [...sink.params] : progress.params
    const facts: RunRecord = { ...recordOf(this.#place, files, sink, statusOf(sink, files.fresh)), params, digest: '', fingerprint: '' }
    const changed = factsOf(facts) !== this.#facts
    this.#facts = factsOf(facts)
    return { type: 'grown', facts: changed ? facts : null, series, media: sink.media.take() }
  }

  /** Where nothing could be read, the same fault is met at each look. */
  #noteFaults({ path }: RunFile, reasons: readonly string[], advanced: boolean): void {
    const kept = advanced ? (this.#added.get(path) ?? []) : []
    this.#added.set(path, [...kept, ...reasons.map(reason => ({ path, line: null, reason }))].slice(0, 20))
  }
}

function factsOf({ series: _series, media: _media, digest: _digest, fingerprint: _fingerprint, ...facts }: RunRecord): string {
  return JSON.stringify(facts)
}

/** All files of before are there, none shorter or another one behind its name; those that stand still were not written anew. */
function isGrowth(before: RunFiles, now: RunFiles): boolean {
  const by = new Map(now.events.map(file => [file.path, file]))
  const isSame = (a: RunFile | null, b: RunFile | null) => a?.size === b?.size && a?.modified === b?.modified && a?.inode === b?.inode
  return (
    isSame(before.hparams, now.hparams) &&
    before.events.every(file => {
      const later = by.get(file.path)
      return later !== undefined && later.inode === file.inode && (later.size > file.size || isSame(file, later))
    })
  )
}
