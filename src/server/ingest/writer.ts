import { existsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

import { ApiError } from '#contract/api-error.ts'
import type { ReadIssue } from '#contract/source.ts'
import type { LoggedModelRecord, ProjectRecord, RegisteredModelRecord } from '#server/readers/record.ts'
import { LogWriter, type Appended, type LogBatch } from '#server/store/append-log.ts'
import { openForWriting, transaction } from '#server/store/database.ts'
import { LogFolder } from '#server/store/fold-log.ts'
import { forgetSource } from '#server/store/forget.ts'
import { KeyNumbers } from '#server/store/keys.ts'
import { addMedia, type MediaIndex } from '#server/store/media.ts'
import { upsertModel, upsertRegisteredModel } from '#server/store/models.ts'
import type { PreparedRun } from '#server/store/prepared.ts'
import { projectFor, upsertProject } from '#server/store/projects.ts'
import {
  claimSource,
  countSource,
  fingerprints,
  finishSource,
  listIssues,
  listPlaces,
  listSources,
  markGone,
  markMissing,
  type SourceClaim,
  type SourceResult,
  type StoredSource,
} from '#server/store/sources.ts'
import { RunWriter } from '#server/store/write-run.ts'

import { AppendQueue, type Outcome } from './append-queue.ts'
import { Compactor } from './compact.ts'

/** What an import sends at once; stored whole or not at all. */
export interface Batch {
  source: number
  projects: ProjectRecord[]
  runs: PreparedRun[]
  models: LoggedModelRecord[]
  registeredModels: RegisteredModelRecord[]
}

export interface Finish {
  source: number
  result: SourceResult
  issues: ReadIssue[]
  /** Foreign ids of all runs whose files were there; null leaves the others as they are, as after a reading that failed. */
  seen: Set<string> | null
}

/** What a commit changed, so that readers drop or renew what they hold of it. */
export interface Change {
  /** Numbers; none where any project may have changed. */
  projects: number[]
  /** Numbers of the runs; null where it is not told which. */
  runs: number[] | null
}

/** New facts of a run that is to get points through the log; null where they are as they were. */
export interface Renewal {
  source: number
  foreignId: string
  facts: PreparedRun | null
}

export type WriterService = ReturnType<typeof createWriter>['service']

/** The log of a run that gets no points for so long is folded, in ms. */
const quietMs = 10_000

/** The only writer of a home. `onChange` is called after each commit that changed runs. `quiet` is in ms. */
export function createWriter(file: string, onChange: (change: Change) => void, quiet = quietMs) {
  const database: DatabaseSync = openForWriting(file)
  const keys = new KeyNumbers(database)
  const runs = new RunWriter(database, keys)
  const sources = new Map<number, StoredSource>()
  const log = new LogWriter(database, keys)
  const folder = new LogFolder(database)
  const compactor = new Compactor((run, pass, goOn) => transaction(database, () => folder.slice(run, pass, goOn)), folder.waiting(), quiet)

  /** One transaction. What the log holds of runs outlives it unless it fails. */
  const committed = <Result>(work: () => Result): Result => {
    try {
      return transaction(database, () => {
        const result = work()
        keys.flush()
        return result
      })
    } catch (error) {
      log.reset()
      keys.reload(database)
      throw error
    }
  }

  /** One transaction that may change any run. */
  const atomically = <Result>(work: () => Result): Result => {
    log.reset()
    return committed(work)
  }

  const sourceOf = (no: number): StoredSource => {
    const source = sources.get(no)
    if (!source) throw new Error(`Source ${no} was not claimed in this session`)
    return source
  }

  const commitGroup = (batches: readonly LogBatch[]): Outcome[] => {
    const stored: { run: number; appended: Appended }[] = []
    const appendOne = (batch: LogBatch): Outcome => {
      try {
        const appended = log.append(batch)
        if (!appended.repeated) stored.push({ run: batch.run, appended })
        return { answer: { sequence: appended.sequence, repeated: appended.repeated } }
      } catch (error) {
        if (error instanceof ApiError) return { error }
        throw error
      }
    }
    const outcomes = committed(() => {
      const each = batches.map(appendOne)
      log.flush()
      return each
    })
    for (const { run, appended } of stored) compactor.added(run, appended.points, appended.keys)
    if (stored.length > 0) {
      onChange({ projects: [...new Set(stored.map(({ appended }) => appended.project))], runs: [...new Set(stored.map(({ run }) => run))] })
    }
    return outcomes
  }
  const appends = new AppendQueue(commitGroup)

  const service = {
    sources: () => listSources(database).map(source => ({ ...source, issueList: listIssues(database, source.no, 1_000) })),

    claim: (claim: SourceClaim) => {
      const source = atomically(() => claimSource(database, claim, path => !existsSync(path)))
      sources.set(source.no, source)
      return { source, fingerprints: fingerprints(database, source.no) }
    },

    write: (batch: Batch) => {
      const source = sourceOf(batch.source)
      const changed = new Set<number>()
      const numbers: number[] = []
      atomically(() => {
        for (const project of batch.projects) changed.add(upsertProject(database, source, project))
        for (const run of batch.runs) {
          const written = runs.write(source, projectFor(database, source, run.project), run)
          for (const { no, project } of [written, ...written.marked]) {
            changed.add(project)
            numbers.push(no)
          }
        }
        for (const model of batch.models) upsertModel(database, source.no, model)
        for (const model of batch.registeredModels) upsertRegisteredModel(database, source.no, model)
      })
      if (changed.size > 0) onChange({ projects: [...changed], runs: numbers })
    },

    /** Runs of a source, as they are stored. */
    places: (source: number) => listPlaces(database, source),

    /** Number of the run, for `append`; null where it has to be written whole. */
    renew: ({ source, foreignId, facts }: Renewal) => {
      const renewed = atomically(() => runs.renew(sourceOf(source), foreignId, facts))
      if (renewed && facts) onChange({ projects: [renewed.project], runs: [renewed.no] })
      return renewed?.no ?? null
    },

    /** Adds what a run logged besides numbers. */
    media: ({ run, media }: { run: number; media: MediaIndex[] }) => {
      const project = atomically(() => {
        addMedia(database, run, media)
        return database.prepare('select project from run where no = ?').get(run)?.['project']
      })
      if (project !== undefined) onChange({ projects: [Number(project)], runs: [run] })
    },

    /** The files of these runs are gone. */
    gone: ({ source, foreignIds }: { source: number; foreignIds: string[] }) => {
      const marked = atomically(() => markGone(database, source, foreignIds))
      if (marked.projects.length > 0) onChange(marked)
    },

    finish: ({ source, result, issues, seen }: Finish) => {
      const { missing, totals } = atomically(() => {
        const gone = seen ? markMissing(database, source, seen) : 0
        const counted = countSource(database, source)
        finishSource(database, source, { ...result, ...counted }, issues)
        return { missing: gone, totals: counted }
      })
      if (missing > 0) onChange({ projects: [], runs: null })
      return totals
    },

    forget: (name: string) => {
      const forgotten = atomically(() => forgetSource(database, runs, name))
      onChange({ projects: [], runs: null })
      return forgotten
    },

    /** Resolves when the points are durable; see `AppendQueue.append` for what it rejects with, `not_found` for a run that is not there. */
    append: (batch: LogBatch) => appends.append(batch),

    close: () => {
      appends.close()
      compactor.close()
      database.exec('pragma wal_checkpoint(truncate)')
      database.close()
    },
  }
  return { service }
}
