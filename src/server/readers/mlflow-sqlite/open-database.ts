import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

export type Row = readonly unknown[]

/** What can name a table or a column in the SQL that is made here. */
const plainName = /^[a-z_]+$/

/**
 * An open foreign database. Tables and columns are those that it has, whatever the revision of MLflow that made it: what is not there
 * reads as null, or as no rows.
 */
export class OpenDatabase {
  /** `FileState.stamp` of the file when it was opened. */
  readonly stamp: string
  /** It is our own copy: what happens to the file does not reach it. */
  readonly isCopy: boolean
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  readonly #columns = new Map<string, ReadonlySet<string>>()
  readonly #byRun = new Map<string, string>()

  constructor(database: DatabaseSync, stamp: string, isCopy: boolean) {
    this.#database = database
    this.stamp = stamp
    this.isCopy = isCopy
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  /** All rows, as arrays in the order of the columns asked for. */
  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values) as unknown as Row[]
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as unknown as Row | undefined
  }

  iterate(sql: string, ...values: SQLInputValue[]): Iterable<Row> {
    return this.#statement(sql).iterate(...values) as unknown as Iterable<Row>
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known) return known
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    this.#statements.set(sql, statement)
    return statement
  }

  tableNames(): string[] {
    return this.all("select name from sqlite_master where type = 'table' order by name").map(([name]) => String(name))
  }

  has(table: string): boolean {
    return this.#columnsOf(table).size > 0
  }

  #columnsOf(table: string): ReadonlySet<string> {
    const known = this.#columns.get(table)
    if (known) return known
    if (!plainName.test(table)) throw new Error(`No name of a table: ${table}`)
    const columns = new Set(this.all(`pragma table_info("${table}")`).map(([, name]) => String(name)))
    this.#columns.set(table, columns)
    return columns
  }

  /** SQL for a column; for `otherwise`, by default null, where the table has none of that name. */
  column(table: string, name: string, otherwise = 'null'): string {
    return this.#columnsOf(table).has(name) ? `"${table}"."${name}"` : otherwise
  }

  /** SQL for columns that hold texts or small numbers, null where one is not there. */
  columns(table: string, names: readonly string[]): string {
    return names.map(name => this.column(table, name)).join(', ')
  }

  /** SQL for an integer column: as digits where a float64 does not hold it, which the driver would refuse. */
  integer(table: string, name: string, otherwise = 'null'): string {
    const column = this.column(table, name, otherwise)
    return `case when ${column} between -9007199254740991 and 9007199254740991 then ${column} else cast(${column} as text) end`
  }

  /**
   * SQL from `from` on for the rows of one run, whose id is the first value bound. Files of before MLflow 1.24 have no index for that:
   * then a temporary one is made, outside the file, since a scan a run would take hours.
   */
  ofRun(table: 'metrics' | 'latest_metrics' | 'params' | 'tags'): string {
    const known = this.#byRun.get(table)
    if (known !== undefined) return known
    const from = this.#hasIndex(table) ? `from "${table}" where "${table}".run_uuid = ?` : this.#indexByRun(table)
    this.#byRun.set(table, from)
    return from
  }

  #hasIndex(table: string): boolean {
    return this.all(`pragma index_list("${table}")`).some(([, name]) => {
      const [first] = this.all('select name from pragma_index_info(?) where seqno = 0', String(name))
      return first?.[0] === 'run_uuid'
    })
  }

  #indexByRun(table: string): string {
    this.#database.exec(
      `create temp table by_run_${table} as select run_uuid as run, rowid as place from "${table}";
       create index temp.run_of_${table} on by_run_${table} (run, place)`,
    )
    return `from by_run_${table} join "${table}" on "${table}".rowid = by_run_${table}.place where by_run_${table}.run = ?`
  }
}

/** Text of a column; empty where it is null. */
export function text(value: unknown): string {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : ''
}

/** A whole number; null where the column holds none. */
export function integer(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null
  return typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? Number(value) : null
}
