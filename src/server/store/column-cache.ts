import type { DatabaseSync } from 'node:sqlite'

import type { Operand } from '#contract/operand.ts'

import type { Column } from './column.ts'
import { columnBytes, keyCounts, loadColumn, lookUpColumn } from './load-column.ts'
import { patchColumn } from './patch-column.ts'
import { loadRunIndex, positionOf, renewRunIndex, type RunIndex } from './run-index.ts'

/** Bytes of columns kept; about 150 metric columns of 100,000 runs. */
const budget = 256 * 1024 * 1024

interface Entry {
  column: Column
  bytes: number
  /** Of its project, when the column was read. */
  version: number
}

interface Project {
  index: RunIndex
  /** Grows whenever runs changed. */
  version: number
  /** Versions that runs came with, ascending. */
  changed: Map<number, number>
  /** Runs that changed since the index was last asked for. */
  pending: Set<number>
}

/** Rows that a scan reads in the time of one look-up, about. */
const rowsPerLookUp = 24

/** A column over all runs, or over the positions asked for and then with what is known of all of its texts. */
export type ShownColumn = { column: Column; partial: false } | { column: Column; partial: true; numeric: boolean }

function columnId(project: number, operand: Operand): string {
  return `${project} ${operand.kind} ${operand.kind === 'metric' ? operand.aggregate : ''} ${operand.key}`
}

/**
 * Columns of projects, loaded on first use; the least recently used go first. What commits changed is read anew a run and column, when
 * the column is next used: so many runs may log, and columns that nobody looks at cost nothing.
 */
export class ColumnCache {
  readonly #database: DatabaseSync
  readonly #projects = new Map<number, Project>()
  readonly #columns = new Map<string, Entry>()
  readonly #wished = new Map<string, { project: number; operand: Operand }>()
  #bytes = 0

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** The runs as they are; another object after any of them changed. */
  index(project: number): RunIndex {
    return this.#project(project).index
  }

  /** The column where it is in memory. */
  held(project: number, operand: Operand): Column | undefined {
    const { index, version, changed } = this.#project(project)
    const id = columnId(project, operand)
    const known = this.#columns.get(id)
    if (!known) return undefined
    this.#columns.delete(id)
    if (known.version < version) {
      this.#bytes -= known.bytes
      const positions = changedSince(index, changed, known.version)
      if (!patchColumn(this.#database, index, operand, known.column, positions)) return undefined
      known.version = version
      known.bytes = columnBytes(known.column)
      this.#bytes += known.bytes
    }
    this.#columns.set(id, known)
    return known.column
  }

  column(project: number, operand: Operand): Column {
    const held = this.held(project, operand)
    if (held) return held
    const id = columnId(project, operand)
    const { index, version } = this.#project(project)
    const column = loadColumn(this.#database, index, operand)
    const bytes = columnBytes(column)
    this.#columns.set(id, { column, bytes, version })
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
    const held = this.held(project, operand)
    if (held) return { column: held, partial: false }
    const index = this.index(project)
    const { runs, numbers } = keyCounts(this.#database, index, operand)
    if (runs > positions.length * rowsPerLookUp) {
      this.#wished.set(columnId(project, operand), { project, operand })
      return { column: lookUpColumn(this.#database, index, operand, positions), partial: true, numeric: numbers === runs }
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

  /** These runs of some projects changed, came or left. Null where it is not known which, and no projects where it may be any: all is dropped. */
  changed(projects: readonly number[], runs: readonly number[] | null): void {
    if (runs === null || projects.length === 0) {
      this.drop(projects)
      return
    }
    for (const project of projects) {
      const held = this.#projects.get(project)
      if (held) for (const run of runs) held.pending.add(run)
    }
  }

  /** Drops what is held of these projects, or of all. */
  drop(projects: readonly number[]): void {
    if (projects.length === 0) {
      this.#projects.clear()
      this.#wished.clear()
      this.#columns.clear()
      this.#bytes = 0
      return
    }
    for (const project of projects) {
      this.#projects.delete(project)
      for (const [id, wish] of this.#wished) if (wish.project === project) this.#wished.delete(id)
      for (const [id, entry] of this.#columns) {
        if (!id.startsWith(`${project} `)) continue
        this.#columns.delete(id)
        this.#bytes -= entry.bytes
      }
    }
  }

  #project(no: number): Project {
    const held = this.#projects.get(no)
    if (held && (held.pending.size === 0 || this.#settle(held))) return held
    if (held) this.drop([no])
    const project = { index: loadRunIndex(this.#database, no), version: 0, changed: new Map<number, number>(), pending: new Set<number>() }
    this.#projects.set(no, project)
    return project
  }

  /** Takes what is pending into the index; false where to load all anew is less work, or the only way. */
  #settle(project: Project): boolean {
    const { pending, changed } = project
    if ((pending.size + changed.size) * rowsPerLookUp > project.index.size) return false
    const index = renewRunIndex(this.#database, project.index, pending)
    if (!index) return false
    project.index = index
    project.version += 1
    for (const run of pending) {
      changed.delete(run)
      changed.set(run, project.version)
    }
    pending.clear()
    return true
  }
}

/** Ascending positions of the runs that changed after a version. */
function changedSince(index: RunIndex, changed: ReadonlyMap<number, number>, version: number): Uint32Array {
  const positions: number[] = []
  for (const [run, at] of changed) {
    const position = at > version ? positionOf(index, run) : undefined
    if (position !== undefined) positions.push(position)
  }
  return Uint32Array.from(positions).sort()
}
