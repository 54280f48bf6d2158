import { ApiError } from '#contract/api-error.ts'
import type { LogAnswer, LogBatch } from '#server/store/append-log.ts'

/** Points that may wait for their commit: some 25 MB. */
const waitingLimit = 1_048_576
/** Points of one commit, so that the first of a crowd does not wait for the last. */
const groupLimit = 262_144

interface Waiting {
  batch: LogBatch
  points: number
  resolve: (answer: LogAnswer) => void
  reject: (error: unknown) => void
}

/** What a commit made of each batch of its group: its answer, or the error that refused it alone. */
export type Outcome = { answer: LogAnswer } | { error: ApiError }

/**
 * Batches that wait for a commit. There is no timer: the first one is committed as soon as the thread is free, and what comes
 * during a commit is the next group.
 */
export class AppendQueue {
  readonly #commit: (batches: readonly LogBatch[]) => Outcome[]
  #waiting: Waiting[] = []
  #points = 0
  #scheduled = false
  #closed = false

  /** `commit` stores a group durably and answers each of its batches in order; what it throws rejects the whole group. */
  constructor(commit: (batches: readonly LogBatch[]) => Outcome[]) {
    this.#commit = commit
  }

  /**
   * Resolves when the batch is durable. Rejects with `invalid` for a batch that is malformed, `too_large` for one that could never
   * wait, `unavailable` where too much waits already: it was not stored, and the same request may come again.
   */
  append(batch: LogBatch): Promise<LogAnswer> {
    return new Promise((resolve, reject) => {
      const points = checkedPoints(batch)
      if (points > waitingLimit) {
        throw new ApiError('too_large', `A request of ${points} points is too large. At most ${waitingLimit} fit one.`)
      }
      if (this.#closed) throw new ApiError('unavailable', 'The store is being closed.')
      if (this.#points + points > waitingLimit) {
        throw new ApiError('unavailable', `${this.#points} points wait to be stored. Send these ${points} again in a moment.`)
      }
      this.#waiting.push({ batch, points, resolve, reject })
      this.#points += points
      this.#schedule()
    })
  }

  /** Commits all that wait and takes nothing more. */
  close(): void {
    this.#closed = true
    while (this.#waiting.length > 0) this.#commitGroup()
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return
    this.#scheduled = true
    setImmediate(() => {
      this.#scheduled = false
      this.#commitGroup()
      this.#schedule()
    })
  }

  #commitGroup(): void {
    const group = this.#takeGroup()
    if (group.length === 0) return
    let outcomes: Outcome[]
    try {
      outcomes = this.#commit(group.map(({ batch }) => batch))
    } catch (error) {
      for (const { reject } of group) reject(error)
      return
    }
    for (const [index, { resolve, reject }] of group.entries()) {
      const outcome = outcomes[index]
      if (outcome && 'answer' in outcome) resolve(outcome.answer)
      else reject(outcome?.error ?? new Error('A commit left a batch without an answer'))
    }
  }

  #takeGroup(): Waiting[] {
    let points = 0
    let end = 0
    for (const waiting of this.#waiting) {
      if (end > 0 && points + waiting.points > groupLimit) break
      points += waiting.points
      end += 1
    }
    this.#points -= points
    return this.#waiting.splice(0, end)
  }
}

/** Points of a batch. Throws `invalid` for one whose parts do not fit each other. */
function checkedPoints({ hash, at, series }: LogBatch): number {
  const wrong = (message: string) => new ApiError('invalid', message)
  if (hash === '') throw wrong('A request to log needs a hash, by which a retry is known.')
  if (!Number.isSafeInteger(at)) throw wrong(`A request to log came at ${at}, which is no time in milliseconds.`)
  let points = 0
  for (const { key, steps, times, values } of series) {
    if (steps.length !== values.length || times.length !== values.length) {
      throw wrong(
        `Metric ${key} has ${values.length} values, ${steps.length} steps and ${times.length} times. Each point needs one of each.`,
      )
    }
    const odd = times.findIndex(time => !Number.isFinite(time))
    if (odd >= 0) throw wrong(`Point ${odd} of metric ${key} has the time ${times[odd]}. Expected finite seconds since the epoch.`)
    points += values.length
  }
  if (points === 0) throw wrong('A request to log holds no points.')
  return points
}
