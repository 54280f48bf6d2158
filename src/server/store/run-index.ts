import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

import { statementOf } from './database.ts'
import { grown } from './grown.ts'

/**
 * The runs of one project in the order of their numbers; a run's place in it is its position in every column of the project.
 * `size` entries are in use, the arrays may be longer so that new runs can be added in place.
 */
export interface RunIndex {
  project: number
  size: number
  /** Ascending. */
  numbers: Uint32Array<ArrayBuffer>
  ids: string[]
  foreignIds: string[]
  names: string[]
  /** 1 where the run is deleted, conflicts with another, or its files are gone. */
  deleted: Uint8Array<ArrayBuffer>
  conflict: Uint8Array<ArrayBuffer>
  missing: Uint8Array<ArrayBuffer>
  /** Milliseconds since the epoch, NaN where none was logged. */
  started: Float64Array<ArrayBuffer>
}

type Row = [number, string, string, string, number | null, number, number, number | null]
const fields = 'no, id, foreign_id, name, deleted_at, conflict, missing, started'

export function loadRunIndex(database: DatabaseSync, project: number): RunIndex {
  const statement = statementOf(database, `select ${fields} from run where project = ? order by no`)
  statement.setReturnArrays(true)
  const rows = statement.all(project) as unknown as Row[]
  const index: RunIndex = {
    project,
    size: rows.length,
    numbers: new Uint32Array(rows.length),
    ids: [],
    foreignIds: [],
    names: [],
    deleted: new Uint8Array(rows.length),
    conflict: new Uint8Array(rows.length),
    missing: new Uint8Array(rows.length),
    started: new Float64Array(rows.length),
  }
  for (const [position, row] of rows.entries()) setRun(index, position, row)
  return index
}

/**
 * The index after these runs changed, in the same arrays: new ones stand at its end. Runs of other projects are passed over. Null where
 * it has to be loaded anew: a run left the project, or came with a number between those that are there.
 */
export function renewRunIndex(database: DatabaseSync, before: RunIndex, runs: Iterable<number>): RunIndex | null {
  // Another object, since what was made of the runs as they were is held under the old one.
  const index = { ...before }
  const statement = statementOf(database, `select ${fields} from run where no = ? and project = ?`)
  statement.setReturnArrays(true)
  for (const no of [...runs].sort((a, b) => a - b)) {
    const row = statement.get(no, index.project) as unknown as SQLOutputValue[] | undefined
    const position = positionOf(index, no)
    if (!row && position === undefined) continue
    if (!row) return null
    if (position !== undefined) setRun(index, position, row as Row)
    else if (index.size === 0 || no > (index.numbers[index.size - 1] ?? 0)) append(index, row as Row)
    else return null
  }
  return index
}

/** Position of the run with this number; undefined where it is not among them. */
export function positionOf({ numbers, size }: Pick<RunIndex, 'numbers' | 'size'>, no: number): number | undefined {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if (numbers[middle]! < no) low = middle + 1
    else high = middle
  }
  return low < size && numbers[low] === no ? low : undefined
}

function append(index: RunIndex, row: Row): void {
  const size = index.size + 1
  index.numbers = grown(index.numbers, size)
  index.deleted = grown(index.deleted, size)
  index.conflict = grown(index.conflict, size)
  index.missing = grown(index.missing, size)
  index.started = grown(index.started, size)
  setRun(index, index.size, row)
  index.size = size
}

function setRun(index: RunIndex, position: number, [no, id, foreignId, name, deletedAt, conflict, missing, started]: Row): void {
  index.numbers[position] = no
  index.ids[position] = id
  index.foreignIds[position] = foreignId
  index.names[position] = name
  index.deleted[position] = deletedAt === null ? 0 : 1
  index.conflict[position] = conflict
  index.missing[position] = missing
  index.started[position] = started ?? Number.NaN
}
