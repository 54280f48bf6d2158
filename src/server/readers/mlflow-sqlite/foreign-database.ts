import { createHash } from 'node:crypto'
import { chmodSync, constants, copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

import { BusyError, NotDatabaseError } from './database-error.ts'
import { type FileState, stateOf } from './file-state.ts'
import { OpenDatabase } from './open-database.ts'

const attempts = 30
/** From this attempt on a commit that goes on is not waited for: its journal takes it back in a copy. */
const patient = 15
/** Between two attempts, in turn, since a program may commit as regularly: a commit takes some ms. */
const pausesMs = [1, 3, 7, 2, 11]
/** After a copy nothing is copied again for so many times what it took. */
const copyRest = 20

let opened = 0

/**
 * A database of another program, read without writing anything beside it or locking it, whatever that program does meanwhile. Its file is
 * opened as one that does not change, and what was read of it counts where it did not. Where commits lie beside it in a log, or an
 * unfinished one is to be taken back, that is done in a copy.
 */
export class ForeignDatabase {
  readonly file: string
  readonly #copies: string
  readonly #copy: string
  #open: OpenDatabase | null = null
  /** `FileState.main` of the copy made last, where it is still as it was copied. */
  #copied = ''
  #copyAfter = 0

  /** `copies` is the folder for copies, made when one is needed. */
  constructor(file: string, copies: string) {
    opened += 1
    this.file = file
    this.#copies = copies
    this.#copy = path.join(copies, `${createHash('sha1').update(file).digest('hex').slice(0, 12)}-${opened}.db`)
  }

  close(): void {
    this.#closeOpen()
    this.#removeCopy()
  }

  /** The state that was opened last; null before. */
  get stamp(): string | null {
    return this.#open?.stamp ?? null
  }

  /** Opens the file as it is now, where it is not open so. False where that has to wait: for a commit, or since a copy was just made. */
  renew(): boolean {
    const state = this.#state()
    if (this.#open?.stamp === state.stamp) return true
    if (state.isCommitting || (state.beside !== 'nothing' && performance.now() < this.#copyAfter)) return false
    this.#reopen(state)
    return true
  }

  /**
   * What `work` reads, all of one moment: where the file was written to meanwhile, it reads again. It is to be short. Of a copy it is the
   * moment of the copy, until `renew`. Throws SQLite's error, the system's, or `BusyError`.
   */
  read<Result>(work: (open: OpenDatabase) => Result): Result {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const open = this.current(attempt >= patient)
      if (open) {
        try {
          const result = work(open)
          if (this.isStill(open)) return result
        } catch (error) {
          if (this.isStill(open)) throw error
        }
        this.#closeOpen()
      }
      pause(attempt)
    }
    throw new BusyError()
  }

  /** The open database, opened where none is; null where the file is just written, and `inHaste` a commit does not count for that. */
  current(inHaste = false): OpenDatabase | null {
    if (this.#open) return this.#open
    const state = this.#state()
    if (state.isCommitting && !inHaste) return null
    try {
      return this.#reopen(state)
    } catch (error) {
      if (stateOf(this.file)?.stamp === state.stamp) throw error
      return null
    }
  }

  /** Was the file not written to since it was opened? Closes it where it was. */
  isStill(open: OpenDatabase): boolean {
    if (open.isCopy || stateOf(this.file)?.stamp === open.stamp) return true
    this.#closeOpen()
    return false
  }

  #state(): FileState {
    const state = stateOf(this.file)
    if (!state) throw Object.assign(new Error('is not there any more'), { code: 'ENOENT' })
    return state
  }

  #reopen(state: FileState): OpenDatabase {
    this.#closeOpen()
    if (!state.isSqlite) throw new NotDatabaseError(state.size)
    if (state.beside !== 'nothing') return (this.#open = this.#openCopy(state))
    this.#removeCopy()
    const database = new DatabaseSync(new URL(`${pathToFileURL(this.file).href}?immutable=1`), { readOnly: true })
    return (this.#open = new OpenDatabase(database, state.stamp, false))
  }

  /** Opens a copy of the file and what lies beside it. The file is not copied again while only its log grows. */
  #openCopy(state: FileState): OpenDatabase {
    const started = performance.now()
    const suffix = state.beside === 'wal' ? '-wal' : '-journal'
    const isNew = state.beside !== 'wal' || this.#copied !== state.main || !existsSync(this.#copy)
    if (isNew) this.#removeCopy()
    else for (const name of ['-wal', '-shm']) rmSync(this.#copy + name, { force: true })
    mkdirSync(this.#copies, { recursive: true })
    // The log first: what is changed in the file after that shows, and what was before has its former pages in this journal.
    copyFileSync(this.file + suffix, this.#copy + suffix)
    if (isNew) copyFileSync(this.file, this.#copy, constants.COPYFILE_FICLONE)
    for (const name of ['', suffix]) chmodSync(this.#copy + name, 0o600)
    const after = stateOf(this.file)
    if (after?.main !== state.main) {
      this.#removeCopy()
      throw new BusyError()
    }
    this.#copied = state.beside === 'wal' ? state.main : ''
    this.#copyAfter = performance.now() + (performance.now() - started) * copyRest
    // A journal is only taken back by who may write; who may not leaves the log beside the copy.
    return new OpenDatabase(new DatabaseSync(this.#copy, { readOnly: state.beside === 'wal' }), state.stamp, true)
  }

  #closeOpen(): void {
    this.#open?.close()
    this.#open = null
  }

  #removeCopy(): void {
    this.#copied = ''
    if (!existsSync(this.#copies)) return
    for (const name of ['', '-wal', '-shm', '-journal']) rmSync(this.#copy + name, { force: true })
  }
}

/** Waits before the next attempt. */
export function pause(attempt: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pausesMs[attempt % pausesMs.length] ?? 1)
}
