import type { DatabaseSync, StatementSync } from 'node:sqlite'

import { numberOfText } from '#contract/number-text.ts'

import { opaqueId } from './identity.ts'
import { keyBytes, keyList, type KeyNumbers } from './keys.ts'
import { addMedia } from './media.ts'
import { metricRow, putMetric } from './metric-row.ts'
import { encodePage } from './page.ts'
import type { PreparedRun } from './prepared.ts'
import { PyramidWriter } from './pyramid.ts'

interface SourceRef {
  no: number
  identity: string
}

export interface WrittenRun {
  no: number
  project: number
  /** False where the run was known with the same content. */
  changed: boolean
  /** Runs that it is in conflict with, which say so from now on. */
  marked: { no: number; project: number }[]
}

/** Writes runs with all they have; used inside a transaction. */
export class RunWriter {
  readonly #database: DatabaseSync
  readonly #keys: KeyNumbers
  readonly #pyramid: PyramidWriter
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync, keys: KeyNumbers) {
    this.#database = database
    this.#keys = keys
    this.#pyramid = new PyramidWriter(database)
  }

  #sql(text: string): StatementSync {
    const known = this.#statements.get(text)
    if (known) return known
    const statement = this.#database.prepare(text)
    this.#statements.set(text, statement)
    return statement
  }

  /**
   * Stores one run of a source. The same foreign id with the same content in another source is one run with two places;
   * with other content it becomes a second run, and both are marked where the id says that they should be one.
   */
  write(source: SourceRef, project: number, run: PreparedRun): WrittenRun {
    const placed = this.#sql('select run from place where source = ? and foreign_id = ?').get(source.no, run.foreignId)
    if (placed) {
      const no = Number(placed['run'])
      const stored = this.#sql('select digest, project from run where no = ?').get(no)
      const shared = Number(this.#sql('select count(*) as n from place where run = ?').get(no)?.['n']) > 1
      if (stored?.['digest'] === run.digest || !shared) {
        const changed = stored?.['digest'] !== run.digest
        const owner = Number(stored?.['project'])
        if (changed) this.#replace(no, owner, run)
        // Where it lies decides whether it is deleted, and where it is the only one, that counts.
        else if (!shared) this.#setFacts(no, run)
        else this.#sql('update run set missing = 0 where no = ?').run(no)
        this.#place(source, run, no)
        return { no, project: owner, changed, marked: [] }
      }
    }
    const twins = this.#sql('select no, digest, project from run where foreign_id = ?').all(run.foreignId)
    const twin = twins.find(row => row['digest'] === run.digest)
    if (twin) {
      this.#place(source, run, Number(twin['no']))
      return { no: Number(twin['no']), project: Number(twin['project']), changed: false, marked: [] }
    }
    const conflict = twins.length > 0 && !run.idIsPath
    const no = this.#insert(source, project, run, conflict)
    if (conflict) this.#sql('update run set conflict = 1 where foreign_id = ?').run(run.foreignId)
    this.#place(source, run, no)
    return {
      no,
      project,
      changed: true,
      marked: conflict ? twins.map(row => ({ no: Number(row['no']), project: Number(row['project']) })) : [],
    }
  }

  /**
   * Renews a run that is going to get points through the log: its facts, where some are given, and not its points. Its digest and
   * fingerprint go, since they are of the files as they were: the next reading of the source takes it for another one and replaces it.
   * Null where that cannot be done in place, as for a run that lies in two sources: then it is to be written whole.
   */
  renew(source: SourceRef, foreignId: string, facts: PreparedRun | null): { no: number; project: number } | null {
    const placed = this.#sql('select run from place where source = ? and foreign_id = ? and missing = 0').get(source.no, foreignId)
    if (!placed) return null
    const no = Number(placed['run'])
    if (Number(this.#sql('select count(*) as n from place where run = ?').get(no)?.['n']) > 1) return null
    const project = Number(this.#sql('select project from run where no = ?').get(no)?.['project'])
    this.#sql("update place set fingerprint = '' where source = ? and foreign_id = ?").run(source.no, foreignId)
    const digest = `grown ${source.no} ${foreignId}`
    if (facts === null) this.#sql('update run set digest = ? where no = ?').run(digest, no)
    else {
      const points = Number(this.#sql('select points from run where no = ?').get(no)?.['points'])
      this.#setFacts(no, { ...facts, points, digest })
      this.#sql('update place set path = ?, artifacts = ? where source = ? and foreign_id = ?').run(
        facts.path,
        facts.artifacts,
        source.no,
        foreignId,
      )
      const row = this.#sql('select metrics, texts from run_keys where run = ?').get(no)
      this.#clearTexts(no, project, keyList(row?.['texts']))
      const texts = this.#texts(no, project, facts)
      this.#sql('insert or replace into run_keys values (?, ?, ?)').run(no, row?.['metrics'] ?? new Uint8Array(), keyBytes(texts))
    }
    return { no, project }
  }

  #place(source: SourceRef, run: PreparedRun, no: number): void {
    this.#sql(
      `insert into place (source, foreign_id, run, path, artifacts, fingerprint) values (?, ?, ?, ?, ?, ?)
       on conflict (source, foreign_id) do update set run = excluded.run, path = excluded.path, artifacts = excluded.artifacts,
       fingerprint = excluded.fingerprint, missing = 0`,
    ).run(source.no, run.foreignId, no, run.path, run.artifacts, run.fingerprint)
  }

  #insert(source: SourceRef, project: number, run: PreparedRun, conflict: boolean): number {
    const facts = this.#facts(run)
    const plain = opaqueId(source.identity, run.foreignId)
    const id = this.#sql('select 1 from run where id = ?').get(plain) ? opaqueId(plain, run.digest) : plain
    const row = this.#sql(
      `insert into run (id, project, foreign_id, name, status, kind, user, host, git_commit, command, parent, started, ended,
       deleted_at, conflict, points, digest, detail) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning no`,
    ).get(id, project, run.foreignId, ...facts.slice(0, 11), conflict ? 1 : 0, ...facts.slice(11))
    const no = Number(row?.['no'])
    this.#contents(no, project, run)
    return no
  }

  #facts(run: PreparedRun): (string | number | null)[] {
    const { name, status, kind, user, host, gitCommit, command, parent, start, end, deletedAt, points, digest, detail } = run
    return [name, status, kind, user, host, gitCommit, command, parent, start, end, deletedAt, points, digest, JSON.stringify(detail)]
  }

  #replace(no: number, project: number, run: PreparedRun): void {
    this.clear(no, project)
    this.#setFacts(no, run)
    this.#contents(no, project, run)
  }

  #setFacts(no: number, run: PreparedRun): void {
    this.#sql(
      `update run set name = ?, status = ?, kind = ?, user = ?, host = ?, git_commit = ?, command = ?, parent = ?, started = ?, ended = ?,
       deleted_at = ?, points = ?, digest = ?, detail = ?, missing = 0 where no = ?`,
    ).run(...this.#facts(run), no)
  }

  /** Removes what a run has, but not the run. */
  clear(no: number, project: number): void {
    const row = this.#sql('select metrics, texts from run_keys where run = ?').get(no)
    for (const key of keyList(row?.['metrics'])) {
      this.#sql('delete from metric where project = ? and key = ? and run = ?').run(project, key, no)
      this.#keys.count(project, key, -1, true, null)
    }
    this.#clearTexts(no, project, keyList(row?.['texts']))
    for (const table of ['page', 'chunk', 'pyramid', 'media', 'log', 'request', 'run_keys'])
      this.#sql(`delete from ${table} where run = ?`).run(no)
  }

  #clearTexts(no: number, project: number, keys: Uint32Array): void {
    for (const key of keys) {
      const gone = this.#sql('delete from fact where project = ? and key = ? and run = ? returning text').get(project, key, no)
      const text = String(gone?.['text'])
      this.#keys.count(project, key, -1, numberOfText(text) !== undefined, text)
    }
  }

  #contents(no: number, project: number, run: PreparedRun): void {
    const metricKeys = run.metrics.map(metric => this.#keys.number('metric', metric.key))
    for (const [index, { summary }] of run.metrics.entries()) {
      const key = metricKeys[index] ?? 0
      this.#sql(putMetric).run(...metricRow(project, key, no, summary))
      this.#keys.count(project, key, 1, true, null)
    }
    const texts = this.#texts(no, project, run)
    this.#sql('insert into run_keys values (?, ?, ?)').run(no, keyBytes(metricKeys), keyBytes(texts))
    for (const [index, page] of run.pages.entries()) {
      const entries = page.entries.map(entry => ({ key: metricKeys[entry.metric] ?? 0, points: entry.points, offset: entry.offset }))
      this.#sql('insert into page values (?, ?, ?, 0)').run(no, index, encodePage(entries, page.blocks))
    }
    for (const chunk of run.chunks) {
      const key = metricKeys[chunk.metric] ?? 0
      this.#sql('insert into chunk values (?, ?, ?, ?, 0)').run(no, key, chunk.no, chunk.bytes)
      this.#pyramid.add(no, key, chunk.no, chunk.bytes)
    }
    addMedia(this.#database, no, run.media)
  }

  /** Stores params and tags; the numbers of their keys. */
  #texts(no: number, project: number, run: PreparedRun): number[] {
    const texts: number[] = []
    const insertFact = this.#sql('insert into fact values (?, ?, ?, ?) on conflict do update set text = excluded.text')
    for (const [kind, pairs] of [['param', run.params] as const, ['tag', run.tags] as const]) {
      for (const [name, text] of pairs) {
        const key = this.#keys.number(kind, name)
        insertFact.run(project, key, no, text)
        texts.push(key)
        this.#keys.count(project, key, 1, numberOfText(text) !== undefined, text)
      }
    }
    return texts
  }
}
