import type { ReadIssue } from '#contract/source.ts'
import type { RunChange, RunFollower, RunPlace, UnchangedRecord } from '#server/readers/reader.ts'
import type { SeriesRecord, SourceRecord } from '#server/readers/record.ts'

import type { ArtifactFolders } from './artifact-folders.ts'
import type { DatabaseChanges } from './database-changes.ts'
import { BusyError } from './database-error.ts'
import type { ForeignDatabase } from './foreign-database.ts'
import { readPoints, RowFaults } from './metrics.ts'
import type { OpenDatabase } from './open-database.ts'
import { findRun, readRun, type RunFound, type RunTail } from './run.ts'

/** Of a run that does not go on, tags that got other values are looked for this often. */
const tagsMs = 5_000

/** Follows one run of a database. What was added is read behind the last row known; where rows are missing, the run is read anew. */
export class DatabaseRunFollower implements RunFollower {
  files = 0
  readonly #database: ForeignDatabase
  readonly #changes: DatabaseChanges
  readonly #folders: ArtifactFolders
  readonly #run: string
  #known: string | undefined
  /** Null until the run was read by this follower. */
  #tail: RunTail | null = null
  #faults = new RowFaults()
  /** Version of the database in which the run was last looked at; -1 before. */
  #seen = -1
  #seenAt = 0

  constructor(database: ForeignDatabase, changes: DatabaseChanges, folders: ArtifactFolders, place: RunPlace, known: string | undefined) {
    this.#database = database
    this.#changes = changes
    this.#folders = folders
    this.#run = place.foreignId
    this.#known = known
  }

  look(): RunChange | null {
    this.files = 0
    this.#changes.refresh()
    const { version, fault } = this.#changes
    if (!this.#changes.has(this.#run)) return { type: 'gone' }
    if (version === this.#seen || fault !== null) return null
    const isDue = this.#tail?.running === true || performance.now() - this.#seenAt > tagsMs
    if (this.#seen >= 0 && !isDue && !this.#changes.changedAfter(this.#run, this.#seen)) return null
    this.files = 1
    try {
      const change = this.#read()
      this.#seen = version
      this.#seenAt = performance.now()
      return change
    } catch (error) {
      // It is written to all the time: the next look may find a moment.
      if (error instanceof BusyError) return null
      throw error
    }
  }

  issues(): ReadIssue[] | null {
    return this.#tail && this.#faults.reasons().map(reason => ({ path: this.#database.file, line: null, reason }))
  }

  #read(): RunChange | null {
    const found = this.#database.read(open => findRun(open, this.#run, this.#folders))
    if (!found) return { type: 'gone' }
    const tail = this.#tail
    if (!tail) {
      if (found.record.fingerprint === this.#known) return null
      return { type: 'whole', records: this.#readWhole(found) }
    }
    const series: SeriesRecord[] = []
    const faults = new RowFaults()
    let { row, rows } = tail
    for (const block of readPoints(this.#database, this.#run, row, faults)) {
      series.push(...block.series)
      row = block.row
      rows += block.points
    }
    rows += faults.count
    // Rows before those that are new went, or the table was built anew.
    if (rows !== this.#rowsUpTo(row)) return { type: 'whole', records: this.#readWhole(found) }
    for (const reason of faults.listed) this.#faults.add(reason)
    this.#tail = { row, rows, facts: found.facts, running: found.record.status === 'running' }
    const isSame = found.facts === tail.facts
    if (isSame && series.length === 0) return null
    return { type: 'grown', facts: isSame ? null : { ...found.record, fingerprint: '' }, series }
  }

  #rowsUpTo(row: number): number {
    const count = (open: OpenDatabase) => open.get(`select count(*) ${open.ofRun('metrics')} and "metrics".rowid <= ?`, this.#run, row)
    return Number(this.#database.read(count)?.[0])
  }

  *#readWhole(found: RunFound): Generator<SourceRecord | UnchangedRecord, void> {
    this.#tail = null
    yield* readRun(this.#database, found, undefined, (tail, faults) => {
      this.#tail = tail
      this.#faults = faults
    })
  }
}
