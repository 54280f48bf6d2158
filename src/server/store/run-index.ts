import type { DatabaseSync } from 'node:sqlite'

/** The runs of one project in the order of their numbers; a run's place in it is its position in every column of the project. */
export interface RunIndex {
  project: number
  size: number
  /** Ascending. */
  numbers: Uint32Array
  ids: string[]
  foreignIds: string[]
  names: string[]
  /** 1 where the run is deleted, conflicts with another, or its files are gone. */
  deleted: Uint8Array
  conflict: Uint8Array
  missing: Uint8Array
  /** Milliseconds since the epoch, NaN where none was logged. */
  started: Float64Array
}

export function loadRunIndex(database: DatabaseSync, project: number): RunIndex {
  const statement = database.prepare(
    'select no, id, foreign_id, name, deleted_at, conflict, missing, started from run where project = ? order by no',
  )
  statement.setReturnArrays(true)
  const rows = statement.all(project) as unknown as [number, string, string, string, number | null, number, number, number | null][]
  const size = rows.length
  const index: RunIndex = {
    project,
    size,
    numbers: new Uint32Array(size),
    ids: [],
    foreignIds: [],
    names: [],
    deleted: new Uint8Array(size),
    conflict: new Uint8Array(size),
    missing: new Uint8Array(size),
    started: new Float64Array(size),
  }
  for (const [position, [no, id, foreignId, name, deletedAt, conflict, missing, started]] of rows.entries()) {
    index.numbers[position] = no
    index.ids.push(id)
    index.foreignIds.push(foreignId)
    index.names.push(name)
    index.deleted[position] = deletedAt === null ? 0 : 1
    index.conflict[position] = conflict
    index.missing[position] = missing
    index.started[position] = started ?? Number.NaN
  }
  return index
}
