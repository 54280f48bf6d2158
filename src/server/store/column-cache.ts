import type { DatabaseSync } from 'node:sqlite'

import type { Operand } from '#contract/operand.ts'

import type { Column } from './column.ts'
import { columnBytes, loadColumn } from './load-column.ts'
import { loadRunIndex, type RunIndex } from './run-index.ts'

/** Bytes of columns kept; about 150 metric columns of 100,000 runs. */
const budget = 256 * 1024 * 1024

interface Entry {
  column: Column
  bytes: number
}

/** Columns of projects, loaded on first use and dropped when a project changes; the least recently used go first. */
export class ColumnCache {
  readonly #database: DatabaseSync
  readonly #indexes = new Map<number, RunIndex>()
  readonly #columns = new Map<string, Entry>()
  #bytes = 0

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  index(project: number): RunIndex {
    const known = this.#indexes.get(project)
    if (known) return known
    const index = loadRunIndex(this.#database, project)
    this.#indexes.set(project, index)
    return index
  }

  column(project: number, operand: Operand): Column {
    const id = `${project} ${operand.kind} ${operand.kind === 'metric' ? operand.aggregate : ''} ${operand.key}`
    const known = this.#columns.get(id)
    if (known) {
      this.#columns.delete(id)
      this.#columns.set(id, known)
      return known.column
    }
    const column = loadColumn(this.#database, this.index(project), operand)
    const bytes = columnBytes(column)
    this.#columns.set(id, { column, bytes })
    this.#bytes += bytes
    for (const [oldest, entry] of this.#columns) {
      if (this.#bytes <= budget || oldest === id) break
      this.#columns.delete(oldest)
      this.#bytes -= entry.bytes
    }
    return column
  }

  /** Drops what is held of these projects, or of all. */
  drop(projects: readonly number[]): void {
    if (projects.length === 0) {
      this.#indexes.clear()
      this.#columns.clear()
      this.#bytes = 0
      return
    }
    for (const project of projects) {
      this.#indexes.delete(project)
      for (const [id, entry] of this.#columns) {
        if (!id.startsWith(`${project} `)) continue
        this.#columns.delete(id)
        this.#bytes -= entry.bytes
      }
    }
  }
}
