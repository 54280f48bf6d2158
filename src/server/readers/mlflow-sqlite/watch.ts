import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { basename } from 'node:path'

import type { FolderLook, Glance, RunPlace, SourceWatch } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { ArtifactFolders } from './artifact-folders.ts'
import { DatabaseChanges } from './database-changes.ts'
import { databaseFault } from './database-error.ts'
import { DatabaseRunFollower } from './follow-run.ts'
import { ForeignDatabase } from './foreign-database.ts'
import { experimentIds, projectRecords, runIds } from './projects.ts'
import { readRegisteredModels } from './registered-models.ts'
import { findRun } from './run.ts'

/** A look at a run of a changed database costs as much as looking at so many files. */
const glanceCost = 4

/**
 * Follows a database. To the watcher it is a folder of experiments, which are folders of runs; what changed in which is asked of the
 * database once for each state of the file.
 */
export class DatabaseWatch implements SourceWatch {
  readonly #file: string
  readonly #database: ForeignDatabase
  readonly #folders: ArtifactFolders
  readonly #changes: DatabaseChanges
  /** What each run was when it was glanced at, and in which state of the file. */
  readonly #glances = new Map<string, { version: number; signature: string }>()

  constructor(file: string, copies: string) {
    this.#file = file
    this.#database = new ForeignDatabase(file, copies)
    this.#folders = new ArtifactFolders(file)
    this.#changes = new DatabaseChanges(this.#database)
  }

  stamp(folder: string): string | null {
    this.#changes.refresh()
    return this.#changes.stamp(folder)
  }

  list(folder: string): FolderLook {
    const listed = (() => {
      try {
        return this.#database.read(open => (folder === '' ? experimentIds(open) : runIds(open, folder).map(run => `${folder}/${run}`)))
      } catch {
        return this.#changes.listed(folder)
      }
    })()
    this.#changes.remember(folder, listed)
    return { folders: folder === '' ? listed : [], runs: folder === '' ? [] : listed, pending: false }
  }

  *records(folder: string): Generator<SourceRecord, void> {
    const { fault } = this.#changes
    try {
      if (folder !== '') yield* projectRecords(this.#database, folder, this.#folders)
      else if (fault === null) yield* this.#database.read(readRegisteredModels)
      else yield { type: 'issue', path: this.#file, line: null, reason: fault }
    } catch (error) {
      yield { type: 'issue', path: this.#file, line: null, reason: databaseFault(error) }
    }
  }

  foreignId(path: string): string {
    return basename(path)
  }

  /** Null has the run looked at. */
  glance({ foreignId }: RunPlace): Glance | null {
    this.#changes.refresh()
    const { version } = this.#changes
    const before = this.#glances.get(foreignId)
    if (before?.version === version) return { signature: before.signature, newest: this.#changes.changedAt(foreignId), files: 0 }
    try {
      const found = this.#database.read(open => findRun(open, foreignId, this.#folders))
      if (!found) return null
      const signature = createHash('sha1').update(found.record.fingerprint).digest('base64')
      this.#glances.set(foreignId, { version, signature })
      // Whether it changed since it was read is not known of the first glance: then the file's own time of change counts.
      const newest = before ? this.#changes.changedAt(foreignId) : statSync(this.#file).mtimeMs
      return { signature, newest, files: glanceCost }
    } catch {
      return { signature: before?.signature ?? '', newest: 0, files: glanceCost }
    }
  }

  follow(run: RunPlace, known: string | undefined): DatabaseRunFollower {
    return new DatabaseRunFollower(this.#database, this.#changes, this.#folders, run, known)
  }
}
