import type { FoldPass, FoldSlice } from '#server/store/fold-log.ts'

/** A run whose log holds so many points is folded at once; with many metrics so many of each, since a fold writes all their pages anew. */
const manyPoints = 4_096
const manyOfEach = 16
/** Points in the log of all runs that let one more slice run before the next commit, and the most of them. */
const debt = 1_048_576
const mostSlices = 8
/** Work of a slice in ms before it commits, which takes the rest of 5 ms. */
const sliceWork = 3

interface LoggedRun {
  points: number
  /** Points that make it due. */
  many: number
  /** Points that it had when folding failed; it is not due for them. */
  failed: number
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
  #points = 0
  #pass: { run: number; pass: FoldPass } | null = null
  #immediate: NodeJS.Immediate | null = null
  #timer: NodeJS.Timeout | null = null
  #closed = false

  /** `left` are points by run that were in the log when the home was opened; they are folded at once. `quiet` is in ms. */
  constructor(fold: Fold, left: ReadonlyMap<number, number>, quiet: number) {
    this.#fold = fold
    this.#quiet = quiet
    for (const [run, points] of left) {
      this.#logged.set(run, { points, many: manyPoints, failed: 0, touched: performance.now() })
      this.#points += points
      this.#due.add(run)
    }
    this.#schedule()
  }

  /** Points were appended to the log of a run, which has so many metrics. */
  added(run: number, points: number, keys: number): void {
    const before = this.#logged.get(run)
    const failed = before?.failed ?? 0
    const logged = {
      points: (before?.points ?? 0) + points,
      many: failed + Math.max(manyPoints, keys * manyOfEach),
      failed,
      touched: performance.now(),
    }
    this.#points += points
    this.#logged.delete(run)
    this.#logged.set(run, logged)
    if (logged.points >= logged.many) this.#due.add(run)
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
        const slices = Math.min(mostSlices, 1 + Math.floor(this.#points / debt))
        for (let slice = 0; slice < slices; slice += 1) this.#slice()
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

  #isDue({ points, many, touched }: LoggedRun): boolean {
    return points >= many || performance.now() - touched >= this.#quiet
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
      this.#points -= points
      if (pass) return
      // One that stays due goes to the end, so that a busy run does not keep the others from their turn.
      this.#due.delete(run)
      if (logged && !more) {
        // Of a run that was cleared, its points are still counted here.
        this.#points -= logged.points
        this.#logged.delete(run)
      } else if (logged && this.#isDue(logged)) this.#due.add(run)
    } catch (error) {
      // The log stays the truth. The run waits as one that was just touched, since a full disk may have room by then.
      console.error(`The log of run ${run} could not be folded:`, error)
      this.#pass = null
      this.#due.delete(run)
      const logged = this.#logged.get(run)
      this.#logged.delete(run)
      if (logged) this.#logged.set(run, { ...logged, failed: logged.points, many: logged.points + manyPoints, touched: performance.now() })
    }
  }
}
