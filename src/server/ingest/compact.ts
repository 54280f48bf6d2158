import type { FoldPass, FoldSlice } from '#server/store/fold-log.ts'

/** A run whose log holds so many points is folded at once. */
const manyPoints = 4_096
/** Work of a slice in ms before it commits, which takes the rest of 5 ms. */
const sliceWork = 3

interface LoggedRun {
  points: number
  /** When points came last, by the clock that never goes back. */
  touched: number
}

/** One slice of folding, stored when it returns. */
type Fold = (run: number, pass: FoldPass | null, goOn: () => boolean) => FoldSlice

/**
 * Decides when the log of a run is folded into pages and chunks: with many points, or when it has been quiet for a while. Slices are
 * turns of the event loop, so that what is appended goes between them.
 */
export class Compactor {
  readonly #fold: Fold
  readonly #quiet: number
  /** Longest untouched first. */
  readonly #logged = new Map<number, LoggedRun>()
  readonly #due = new Set<number>()
  #pass: { run: number; pass: FoldPass } | null = null
  #immediate: NodeJS.Immediate | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  /** `left` are points by run that were in the log when the home was opened; they are folded at once. `quiet` is in ms. */
  constructor(fold: Fold, left: ReadonlyMap<number, number>, quiet: number) {
    this.#fold = fold
    this.#quiet = quiet
    for (const [run, points] of left) {
      this.#logged.set(run, { points, touched: performance.now() })
      this.#due.add(run)
    }
    this.#schedule()
  }

  /** Points were appended to the log of a run. */
  added(run: number, points: number): void {
    const before = this.#logged.get(run)
    const sum = (before?.points ?? 0) + points
    this.#logged.delete(run)
    this.#logged.set(run, { points: sum, touched: performance.now() })
    if (sum >= manyPoints) this.#due.add(run)
    this.#schedule()
  }

  close(): void {
    this.#closed = true
    if (this.#immediate) clearImmediate(this.#immediate)
    if (this.#timer) clearTimeout(this.#timer)
  }

  #schedule(): void {
    if (this.#closed || this.#immediate) return
    if (this.#due.size > 0) {
      this.#immediate = setImmediate(() => {
        this.#immediate = null
        this.#slice()
        this.#schedule()
      })
      return
    }
    const [oldest] = this.#logged.values()
    if (!oldest || this.#timer) return
    this.#timer = setTimeout(
      () => {
        this.#timer = null
        this.#findQuiet()
        this.#schedule()
      },
      Math.max(1, oldest.touched + this.#quiet - performance.now()),
    ).unref()
  }

  #isDue({ points, touched }: LoggedRun): boolean {
    return points >= manyPoints || performance.now() - touched >= this.#quiet
  }

  #findQuiet(): void {
    for (const [run, logged] of this.#logged) {
      if (!this.#isDue(logged)) return
      this.#due.add(run)
    }
  }

  #slice(): void {
    const run = this.#pass?.run ?? this.#due.values().next().value
    if (run === undefined) return
    const started = performance.now()
    try {
      const { pass, points, more } = this.#fold(run, this.#pass?.pass ?? null, () => performance.now() - started < sliceWork)
      this.#pass = pass && { run, pass }
      const logged = this.#logged.get(run)
      if (logged) logged.points -= points
      if (pass) return
      // One that stays due goes to the end, so that a busy run does not keep the others from their turn.
      this.#due.delete(run)
      if (!more) this.#logged.delete(run)
      else if (logged && this.#isDue(logged)) this.#due.add(run)
    } catch (error) {
      // The log stays the truth. The run waits as one that was just touched, since a full disk may have room by then.
      console.error(`The log of run ${run} could not be folded:`, error)
      this.#pass = null
      this.#due.delete(run)
      const logged = this.#logged.get(run)
      this.#logged.delete(run)
      if (logged) this.#logged.set(run, { points: logged.points, touched: performance.now() })
    }
  }
}
