import type { DatabaseSync } from 'node:sqlite'

import type { Operand } from '#contract/operand.ts'

import type { Column } from './column.ts'
import { columnBytes, keyCounts, loadColumn, lookUpColumn } from './load-column.ts'
import { loadRunIndex, type RunIndex } from './run-index.ts'

/** Bytes of columns kept; about 150 metric columns of 100,000 runs. */
const budget = 256 * 1024 * 1024

interface Entry {
  column: Column
  bytes: number
}

/** Rows that a scan reads in the time of one look-up, about. */
const rowsPerLookUp = 24

/** A column over all runs, or over the positions asked for and then with what is known of all of its texts. */
export type ShownColumn = { column: Column; partial: false } | { column: Column; partial: true; numeric: boolean }

function columnId(project: number, operand: Operand): string {
  return `${project} ${operand.kind} ${operand.kind === 'metric' ? operand.aggregate : ''} ${operand.key}`
}

/** Columns of projects, loaded on first use and dropped when a project changes; the least recently used go first. */
export class ColumnCache {
  readonly #database: DatabaseSync
  readonly #indexes = new Map<number, RunIndex>()
  readonly #columns = new Map<string, Entry>()
  readonly #wished = new Map<string, { project: number; operand: Operand }>()
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

  /** The column where it is in memory. */
  held(project: number, operand: Operand): Column | undefined {
    const id = columnId(project, operand)
    const known = this.#columns.get(id)
    if (!known) return undefined
    this.#columns.delete(id)
    this.#columns.set(id, known)
    return known.column
  }

  column(project: number, operand: Operand): Column {
    const held = this.held(project, operand)
    if (held) return held
    const id = columnId(project, operand)
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

  /**
   * Values at some ascending positions, for what is only shown: the column where it is held or small, else these positions alone,
   * looked up. A column that was looked up is wished for, so that `loadWished` has it for the next page.
   */
  shown(project: number, operand: Operand, positions: Uint32Array): ShownColumn {
    const id = columnId(project, operand)
    if (!this.#columns.has(id)) {
      const index = this.index(project)
      const { runs, numbers } = keyCounts(this.#database, index, operand)
      if (runs > positions.length * rowsPerLookUp) {
        this.#wished.set(id, { project, operand })
        return { column: lookUpColumn(this.#database, index, operand, positions), partial: true, numeric: numbers === runs }
      }
    }
    return { column: this.column(project, operand), partial: false }
  }

  /** Loads one of the columns that were looked up so far; false where none is left. */
  loadWished(): boolean {
    for (const [id, { project, operand }] of this.#wished) {
      this.#wished.delete(id)
      this.column(project, operand)
      return true
    }
    return false
  }

  /** Drops what is held of these projects, or of all. */
  drop(projects: readonly number[]): void {
    if (projects.length === 0) {
      this.#indexes.clear()
      this.#wished.clear()
      this.#columns.clear()
      this.#bytes = 0
      return
    }
    for (const project of projects) {
      this.#indexes.delete(project)
      for (const [id, wish] of this.#wished) if (wish.project === project) this.#wished.delete(id)
      for (const [id, entry] of this.#columns) {
        if (!id.startsWith(`${project} `)) continue
        this.#columns.delete(id)
        this.#bytes -= entry.bytes
      }
    }
  }
}
