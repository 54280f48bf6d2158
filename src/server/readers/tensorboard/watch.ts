import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

import type { FolderLook, Glance, RunPlace, SourceWatch } from '#server/readers/reader.ts'
import type { SourceRecord } from '#server/readers/record.ts'

import { hasEventFile, isEventFile } from './event-files.ts'
import { EventRunFollower } from './follow-run.ts'
import { placeOf } from './run-place.ts'

/** Follows a logdir. A run in the logdir itself has the path `.`, whose folder is ''. */
export class TensorboardWatch implements SourceWatch {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  stamp(folder: string): string | null {
    const stats = look(path.join(this.#root, folder))
    return stats ? `${stats.mtimeMs} ${stats.ino}` : null
  }

  list(folder: string): FolderLook {
    const entries = entriesOf(path.join(this.#root, folder))
    const below = (name: string) => (folder === '' ? name : `${folder}/${name}`)
    return {
      folders: entries.filter(entry => entry.isDirectory()).map(({ name }) => below(name)),
      runs: hasEventFile(entries.filter(entry => entry.isFile()).map(({ name }) => name)) ? [folder === '' ? '.' : folder] : [],
      pending: false,
    }
  }

  *records(_folder: string): Generator<SourceRecord, void> {
    // A logdir is one project from its first reading on.
  }

  foreignId(run: string): string {
    return run
  }

  glance({ path: run }: RunPlace): Glance | null {
    const directory = path.join(this.#root, run)
    const names = entriesOf(directory)
      .filter(entry => entry.isFile() && isEventFile(entry.name))
      .map(({ name }) => name)
    if (names.length === 0) return null
    const looks = names.map(name => look(path.join(directory, name)))
    return {
      signature: looks.map((stats, at) => `${names[at]} ${stats?.mtimeMs} ${stats?.size}`).join('\n'),
      newest: Math.max(...looks.map(stats => stats?.mtimeMs ?? 0)),
      files: names.length + 1,
    }
  }

  follow({ path: run }: RunPlace, known: string | undefined): EventRunFollower {
    const isRun = (folder: string) => hasEventFile(entriesOf(path.join(this.#root, folder)).map(({ name }) => name))
    return new EventRunFollower(placeOf(this.#root, run, isRun), known)
  }
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    // What cannot be listed holds nothing that is new; its run says why when it is read.
    return []
  }
}

function look(file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
