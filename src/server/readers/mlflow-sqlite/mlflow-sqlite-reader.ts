import { statSync } from 'node:fs'
import { basename, dirname } from 'node:path'

import { nameOfFolder } from '#server/readers/folder-name.ts'
import { marksOfExperiment, saysNothing } from '#server/readers/mlflow/source-marks.ts'
import type { FoundSource, ReadOptions, RunReader, UnchangedRecord } from '#server/readers/reader.ts'
import type { IssueRecord, SourceRecord } from '#server/readers/record.ts'

import { ArtifactFolders } from './artifact-folders.ts'
import { databaseFault, NotDatabaseError } from './database-error.ts'
import { foreignReason, isMlflow, kindOfDatabase, mayBeDatabase, peek } from './detect.ts'
import { ForeignDatabase } from './foreign-database.ts'
import { experimentIds, projectRecords, runIds } from './projects.ts'
import { readRegisteredModels } from './registered-models.ts'
import { findRun, readRun } from './run.ts'
import { DatabaseWatch } from './watch.ts'

/** Reads SQLite databases of MLflow (`mlflow.db`) of any revision, and the artifacts that lie beside them. */
export const mlflowSqliteReader: RunReader = {
  format: 'mlflow-sqlite',
  detect: () => false,
  files: { mayBe: mayBeDatabase, kind: file => kindOfDatabase(file, basename(file)) },
  describe: file => ({ format: 'mlflow-sqlite', path: file, name: nameOf(file), marks: marksOf(file) }),
  count: source => peekOr(source.path, 0, open => Number(open.get('select count(*) from runs')?.[0])),
  read,
  watch: (source, copies) => new DatabaseWatch(source.path, copies),
}

/** `iris` for `iris/mlflow.db`, `iris/old` for `iris/old.db`. */
function nameOf(file: string): string {
  const stem = basename(file).replace(/\.[^.]*$/, '')
  const below = saysNothing.test(stem) ? [] : [stem]
  return nameOfFolder(dirname(file), { saysNothing: name => saysNothing.test(name), below }) || basename(file)
}

function marksOf(file: string): string[] {
  return peekOr(file, [], open =>
    experimentIds(open).flatMap(id =>
      marksOfExperiment(
        id,
        () => true,
        () => runIds(open, id),
      ),
    ),
  )
}

/** What a quick look tells; `otherwise` of a file that cannot be read, which reading it tells. */
function peekOr<Result>(file: string, otherwise: Result, look: Parameters<typeof peek<Result>>[1]): Result {
  try {
    return peek(file, look)
  } catch {
    return otherwise
  }
}

/** Runs that cannot be read and are told one by one. */
const faultsListed = 20

/** Throws with what is wrong where nothing can be read: runs that are known stay as they were. */
function* read(source: FoundSource, { known, copies }: ReadOptions): Generator<SourceRecord | UnchangedRecord, void> {
  const { path: file } = source
  const issue = (reason: string): IssueRecord => ({ type: 'issue', path: file, line: null, reason })
  if (statSync(file, { throwIfNoEntry: false })?.size === 0) {
    // No fault: a server that starts makes the file first. It is watched.
    yield issue(new NotDatabaseError(0).message)
    return
  }
  const database = new ForeignDatabase(file, copies)
  const folders = new ArtifactFolders(file)
  let faults = 0
  /** What one part of the database gives; where it cannot be read, that is told, and the others are read all the same. */
  const part = function* <Part extends SourceRecord | UnchangedRecord>(name: string, records: () => Iterable<Part>) {
    try {
      yield* records()
      return true
    } catch (error) {
      faults += 1
      if (faults <= faultsListed) yield issue(`${name} could not be read: the file ${databaseFault(error)}`)
      return false
    }
  }
  try {
    for (const { id, runs } of listRuns(database)) {
      yield* part(`the experiment ${id}`, () => projectRecords(database, id, folders))
      for (const run of runs) {
        const isRead = yield* part(`the run ${run}`, () => {
          const found = database.read(open => findRun(open, run, folders))
          return found ? readRun(database, found, known(run)) : []
        })
        // It is still there: what was read of it before stays.
        if (!isRead && known(run) !== undefined) yield { type: 'unchanged', foreignId: run }
      }
    }
    yield* part('the model registry', () => database.read(readRegisteredModels))
    if (faults > faultsListed) yield issue(`${faults - faultsListed} more parts could not be read`)
  } finally {
    database.close()
  }
}

/** Experiments with the ids of their runs. Throws with the reason where they cannot be listed. */
function listRuns(database: ForeignDatabase): { id: string; runs: string[] }[] {
  const listed = (() => {
    try {
      return database.read(open => {
        if (!isMlflow(open)) return foreignReason(open.tableNames())
        return experimentIds(open).map(id => ({ id, runs: runIds(open, id) }))
      })
    } catch (error) {
      throw new Error(databaseFault(error), { cause: error })
    }
  })()
  if (typeof listed === 'string') throw new Error(listed)
  return listed
}
