import type { DatabaseSync } from 'node:sqlite'

import type { KeyKind } from '#contract/operand.ts'

/** Numbers of keys, given on first sight and kept for the life of the home. */
export class KeyNumbers {
  readonly #known: Record<KeyKind, Map<string, number>> = { metric: new Map(), param: new Map(), tag: new Map() }
  readonly #insert
  readonly #count
  readonly #dropEmpty
  readonly #counts = new Map<number, { project: number; key: number; runs: number; numbers: number }>()

  constructor(database: DatabaseSync) {
    for (const row of database.prepare('select no, kind, name from key').iterate()) {
      this.#known[row['kind'] as KeyKind].set(String(row['name']), Number(row['no']))
    }
    this.#insert = database.prepare('insert into key (kind, name) values (?, ?) returning no')
    this.#count = database.prepare(
      `insert into project_key (project, key, runs, numbers) values (?, ?, ?, ?)
       on conflict (project, key) do update set runs = runs + excluded.runs, numbers = numbers + excluded.numbers`,
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

  /** Adds to the counts of runs (and of runs whose value is a number) that have a key in a project; written by `flush`. */
  count(project: number, key: number, runs: number, numbers: number): void {
    const id = project * 2 ** 32 + key
    const known = this.#counts.get(id)
    if (known) {
      known.runs += runs
      known.numbers += numbers
    } else this.#counts.set(id, { project, key, runs, numbers })
  }

  /** Writes the counts gathered in this transaction, one row a key instead of one a value. */
  flush(): void {
    for (const { project, key, runs, numbers } of this.#counts.values()) this.#count.run(project, key, runs, numbers)
    this.#counts.clear()
    this.#dropEmpty.run()
  }
}
