import type { DatabaseSync } from 'node:sqlite'

import type { KeyKind } from '#contract/operand.ts'

interface Gathered {
  project: number
  key: number
  runs: number
  numbers: number
  sample: string | null
  varies: boolean
}

/** Characters of a text that are kept to tell whether others differ from it. */
const sampleLength = 500

/** Numbers of keys, given on first sight and kept for the life of the home. */
export class KeyNumbers {
  readonly #known: Record<KeyKind, Map<string, number>> = { metric: new Map(), param: new Map(), tag: new Map() }
  readonly #insert
  readonly #count
  readonly #dropEmpty
  readonly #counts = new Map<number, Gathered>()

  constructor(database: DatabaseSync) {
    for (const row of database.prepare('select no, kind, name from key').iterate()) {
      this.#known[row['kind'] as KeyKind].set(String(row['name']), Number(row['no']))
    }
    this.#insert = database.prepare('insert into key (kind, name) values (?, ?) returning no')
    this.#count = database.prepare(
      `insert into project_key (project, key, runs, numbers, sample, varies) values (?, ?, ?, ?, ?, ?)
       on conflict (project, key) do update set runs = runs + excluded.runs, numbers = numbers + excluded.numbers,
       varies = varies or excluded.varies or sample is not excluded.sample`,
    )
    this.#dropEmpty = database.prepare('delete from project_key where runs <= 0')
  }

  number(kind: KeyKind, name: string): number {
    const known = this.#known[kind].get(name)
    if (known !== undefined) return known
    const number = Number(this.#insert.get(kind, name)?.['no'])
    this.#known[kind].set(name, number)
    return number
  }

  /** Forgets what a transaction that was rolled back had given. */
  reload(database: DatabaseSync): void {
    this.#counts.clear()
    for (const kind of Object.values(this.#known)) kind.clear()
    for (const row of database.prepare('select no, kind, name from key').iterate()) {
      this.#known[row['kind'] as KeyKind].set(String(row['name']), Number(row['no']))
    }
  }

  /**
   * Adds to the counts of runs (and of runs whose value is a number) that have a key in a project, and notes whether their texts
   * differ; null for metrics. A key that once varied is said to vary until no run has it. Written by `flush`.
   */
  count(project: number, key: number, runs: 1 | -1, numeric: boolean, text: string | null): void {
    const id = project * 2 ** 32 + key
    const numbers = numeric ? runs : 0
    const known = this.#counts.get(id)
    if (known) {
      known.runs += runs
      known.numbers += numbers
      known.varies ||= text !== known.sample
    } else this.#counts.set(id, { project, key, runs, numbers, sample: text, varies: false })
  }

  /** Writes the counts gathered in this transaction, one row a key instead of one a value. */
  flush(): void {
    let fewer = false
    for (const { project, key, runs, numbers, sample, varies } of this.#counts.values()) {
      fewer ||= runs <= 0
      this.#count.run(project, key, runs, numbers, sample?.slice(0, sampleLength) ?? null, varies ? 1 : 0)
    }
    this.#counts.clear()
    // It reads all keys of the home, and commits of the log are frequent.
    if (fewer) this.#dropEmpty.run()
  }
}

/** Key numbers as `run_keys` holds them. */
export function keyBytes(keys: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(keys).buffer)
}

/** The key numbers in a column of `run_keys`; none for a row that is not there. */
export function keyList(bytes: unknown): Uint32Array {
  return bytes instanceof Uint8Array ? new Uint32Array(bytes.slice().buffer) : new Uint32Array()
}
