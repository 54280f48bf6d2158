import { createHash } from 'node:crypto'

import { isGone } from '#server/readers/text-file.ts'

import { databaseFault } from './database-error.ts'
import { stateOf } from './file-state.ts'
import type { ForeignDatabase } from './foreign-database.ts'
import { type OpenDatabase, text } from './open-database.ts'

/** The file is looked at once within so many ms, however many runs ask. */
const lookMs = 5
/** After the changes were asked for, they are not again for so many times what it took, but for so many ms at the most. */
const rest = 20
const longestRestMs = 1_000

/** Tables whose rows tell which runs changed, with the SQL for the run of a row. */
const rowsOfRuns: readonly (readonly [table: string, run: string])[] = [
  ['metrics', 'run_uuid'],
  ['params', 'run_uuid'],
  ['tags', 'run_uuid'],
  ['inputs', "case when destination_type = 'RUN' then destination_id else source_id end"],
]

/** What changed in a database from one state of its file to the next, found from what is new in it. */
export class DatabaseChanges {
  /** Counts the states of the file that were seen. */
  version = 0
  /** Why the file cannot be read as it is now; null where it can. */
  fault: string | null = null
  readonly #database: ForeignDatabase
  readonly #stamps = new Map<string, string>()
  readonly #listed = new Map<string, string[]>()
  /** What the row of each run says, by its id. */
  #rows = new Map<string, string>()
  readonly #lastRow = new Map<string, number>()
  readonly #changed = new Map<string, { version: number; at: number }>()
  #seen: string | null = null
  #isThere = true
  #lookAfter = 0
  #readAfter = 0

  constructor(database: ForeignDatabase) {
    this.#database = database
  }

  /** Finds what changed where the file did. Never throws: what is wrong stands in `fault`. */
  refresh(): void {
    const started = performance.now()
    if (started < this.#lookAfter) return
    this.#lookAfter = started + lookMs
    try {
      const state = stateOf(this.#database.file)
      this.#isThere = state !== null
      if (!state || state.stamp === this.#seen || started < this.#readAfter) return
      if (!this.#database.renew()) return
      const read = this.#database.read(open => ({ stamp: open.stamp, ...readChanges(open, this.#lastRow) }))
      this.#seen = read.stamp
      this.#take(read)
    } catch (error) {
      if (isGone(error)) this.#isThere = false
      else this.#tell(databaseFault(error))
    }
    this.#readAfter = performance.now() + Math.min(longestRestMs, (performance.now() - started) * rest)
  }

  /** Stamp of the database itself (folder ''), or of an experiment; null where it is gone. */
  stamp(folder: string): string | null {
    return this.#isThere ? (this.#stamps.get(folder) ?? (folder === '' ? (this.fault ?? '') : null)) : null
  }

  listed(folder: string): string[] {
    return this.#listed.get(folder) ?? []
  }

  remember(folder: string, listed: string[]): void {
    this.#listed.set(folder, listed)
  }

  has(run: string): boolean {
    return this.#isThere && (this.#rows.has(run) || this.version === 0 || this.fault !== null)
  }

  /** Did something of a run change after that version? A tag that got another value does not show. */
  changedAfter(run: string, version: number): boolean {
    return (this.#changed.get(run)?.version ?? 0) > version
  }

  /** When a change of a run was seen, in milliseconds since the epoch; 0 where none was. */
  changedAt(run: string): number {
    return this.#changed.get(run)?.at ?? 0
  }

  #tell(fault: string | null): void {
    if (fault === this.fault) return
    this.fault = fault
    this.#stamps.set('', `${this.#stamps.get('') ?? ''} ${fault ?? ''}`)
  }

  #take({ runs, last, touched, isRebuilt, stamps }: ReturnType<typeof readChanges>): void {
    this.version += 1
    this.fault = null
    const at = Date.now()
    if (this.version > 1) {
      for (const [id, row] of runs) {
        if (isRebuilt || touched.has(id) || this.#rows.get(id) !== row) this.#changed.set(id, { version: this.version, at })
      }
    }
    this.#rows = runs
    for (const [table, row] of last) this.#lastRow.set(table, row)
    this.#stamps.clear()
    for (const [folder, stamp] of stamps) this.#stamps.set(folder, stamp)
  }
}

/** What the database says now, and which runs have rows behind the last ones known of each table. */
function readChanges(open: OpenDatabase, lastRow: ReadonlyMap<string, number>) {
  const runs = new Map<string, string>()
  const columns = open.columns('runs', ['status', 'end_time', 'lifecycle_stage', 'name', 'deleted_time'])
  for (const [id, ...facts] of open.all(`select run_uuid, cast(experiment_id as text), ${textsOf(columns)} from runs`)) {
    runs.set(text(id), facts.join('\n'))
  }
  const last = new Map<string, number>()
  const touched = new Set<string>()
  let isRebuilt = false
  for (const [table, run] of rowsOfRuns.filter(([name]) => open.has(name))) {
    const before = lastRow.get(table)
    const now = Number(open.get(`select coalesce(max(rowid), 0) from ${table}`)?.[0])
    last.set(table, now)
    if (before === undefined) continue
    isRebuilt ||= now < before
    // Else SQLite walks the index by run from end to end, to have the runs in order.
    const fresh = `select distinct ${run} from ${table} not indexed where rowid > ?`
    for (const [id] of open.all(fresh, before)) touched.add(text(id))
  }
  return { runs, last, touched, isRebuilt, stamps: stampsOf(open) }
}

/** Integers may exceed what a float64 holds: they are only compared. */
function textsOf(columns: string): string {
  return columns
    .split(', ')
    .map(column => `cast(${column} as text)`)
    .join(', ')
}

/** Of the database itself: its experiments and the model registry. Of each experiment: its facts, how many runs and models it has. */
function stampsOf(open: OpenDatabase): Map<string, string> {
  const whole = createHash('sha1')
  const stamps = new Map<string, string>()
  const add = (folder: string, part: string) => stamps.set(folder, `${stamps.get(folder) ?? ''} ${part}`)
  const stage = open.column('experiments', 'lifecycle_stage')
  for (const [id, ...facts] of open.all(`select cast(experiment_id as text), name, ${stage} from experiments`)) {
    whole.update(`\n${text(id)}`)
    add(text(id), JSON.stringify(facts))
  }
  const grouped = (table: string, columns: string) => {
    if (!open.has(table)) return
    const sql = `select cast(experiment_id as text), ${columns} from ${table} where experiment_id is not null group by experiment_id`
    for (const [id, ...counts] of open.all(sql)) add(text(id), counts.join(','))
  }
  grouped('runs', 'count(*), max(rowid)')
  const updated = open.column('logged_models', 'last_updated_timestamp_ms')
  grouped('logged_models', `count(*), cast(max(${updated}) as text), cast(sum(status) as text)`)
  grouped('logged_model_metrics', 'count(*), max(rowid)')
  grouped('logged_model_tags', 'count(*), max(rowid)')
  if (open.has('experiment_tags')) {
    for (const [id, ...tag] of open.all('select cast(experiment_id as text), "key", value from experiment_tags order by 1, 2')) {
      add(text(id), JSON.stringify(tag))
    }
  }
  for (const table of ['registered_models', 'model_versions', 'registered_model_aliases', 'registered_model_tags', 'model_version_tags']) {
    if (!open.has(table)) continue
    const columns = open.columns(table, ['last_updated_time', 'alias', 'version', 'key', 'value', 'current_stage'])
    for (const row of open.all(`select rowid, name, ${textsOf(columns)} from ${table}`)) whole.update(JSON.stringify(row))
  }
  for (const [id, stamp] of stamps) stamps.set(id, createHash('sha1').update(stamp).digest('base64'))
  stamps.set('', whole.digest('base64'))
  return stamps
}
