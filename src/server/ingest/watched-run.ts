import type { RunFollower, RunPlace, SourceWatch } from '#server/readers/reader.ts'

/** A run that changed so lately is looked at each time. */
const warmMs = 10 * 60_000

/** A run of a watched source. One that goes on has a follower; one that is quiet is only glanced at. */
export class WatchedRun {
  readonly place: RunPlace
  running: boolean
  /** Number of the run in the store while it grows there through the log. */
  number: number | null = null
  follower: RunFollower | null = null
  /** A change is being stored: the run is not looked at meanwhile. */
  busy = false
  readonly #watch: SourceWatch
  /** Fingerprint under which the run is stored; undefined has it read whole. */
  #known: string | undefined
  #signature: string | null = null
  #changedAt = 0
  /** What changed before that is known. */
  #since: number

  /** `since` is when it was read at the earliest, in milliseconds since the epoch. */
  constructor(watch: SourceWatch, place: RunPlace, known: string | undefined, running: boolean, since: number) {
    this.#watch = watch
    this.place = place
    this.#known = known
    this.running = running
    this.#since = since
  }

  isWarm(now: number): boolean {
    return this.running || now - this.#changedAt < warmMs
  }

  /** Makes a run warm that is to be looked at from now on. */
  touch(now: number): void {
    this.#changedAt = now
  }

  /** The follower, made where there is none. */
  followed(): RunFollower {
    this.follower ??= this.#watch.follow(this.place, this.#known)
    return this.follower
  }

  /** After a change that could not be stored, or before one that says all anew. */
  forget(): void {
    this.number = null
    this.follower = null
    this.#known = undefined
  }

  /** Lets go of what following needs, once a run is quiet. */
  rest(now: number): void {
    if (!this.follower) return
    this.forget()
    this.#signature = null
    this.#since = now
  }

  /** Looks whether a quiet run has changed; makes it warm then. Returns how many files that cost. */
  glance(now: number): number {
    const glance = this.#watch.glance(this.place)
    if (!glance) {
      this.touch(now)
      return 1
    }
    const { signature, newest, files } = glance
    const changed = this.#signature === null ? newest >= this.#since : signature !== this.#signature
    this.#signature = signature
    if (changed) this.touch(now)
    return files
  }
}
