import type { Series } from '#contract/series-frame.ts'

import { sortedOrder } from './sorted-order.ts'

/** A point at which a run went on from a step before the last one that it had logged. */
export interface Restart {
  /** Position of the first point that was logged then. */
  first: number
  /** Ascending positions of what was logged before from that step on, and is not superseded by an earlier restart. */
  superseded: Uint32Array
}

/** With more restarts than one in so many points, several processes wrote one series, and none of them is the newest. */
const leastPoints = 16
const alwaysAllowed = 2
/** So many falls of the step are no restarts, but clocks or writers that disagree. */
const mostFalls = 512

/**
 * Restarts of a series in the order (step, time, arrival), as they came. Its points are walked in the order of their times. Where the step
 * falls there and the points from there to the next fall log a step again that was logged before at or after it, the run was resumed.
 * So what is no restart: steps logged twice without a fall (at one time, or one after the other), and a clock that ran backwards, since
 * then no step is logged again.
 */
export function findRestarts({ steps, times }: Pick<Series, 'steps' | 'times'>): Restart[] {
  const count = times.length
  if (!fallsSomewhere(times)) return []
  // Of equal times the lesser position has the lesser step.
  const written = sortedOrder(count, (a, b) => times[a]! - times[b]! || a - b)
  const starts = sessionStarts(steps, written)
  if (starts.length > mostFalls) return []
  const isCurrent = new Uint8Array(count)
  const restarts: Restart[] = []
  let last = -1
  for (const [session, start] of starts.entries()) {
    const end = starts[session + 1] ?? count
    const first = written[start]!
    if (session > 0 && logsAgain(steps, written.subarray(start, end), isCurrent)) {
      const superseded: number[] = []
      for (let at = firstOfStep(steps, first); at <= last; at += 1) if (isCurrent[at] === 1) superseded.push(at)
      for (const at of superseded) isCurrent[at] = 0
      restarts.push({ first, superseded: Uint32Array.from(superseded) })
    }
    for (let at = start; at < end; at += 1) isCurrent[written[at]!] = 1
    last = Math.max(last, written[end - 1]!)
  }
  return restarts.length > alwaysAllowed && restarts.length * leastPoints > count ? [] : restarts
}

/** Whether any time is earlier than the one before; false where one is no time. */
function fallsSomewhere(times: Float64Array): boolean {
  let falls = false
  for (let at = 0; at < times.length; at += 1) {
    if (!Number.isFinite(times[at]!)) return false
    if (times[at]! < times[at - 1]!) falls = true
  }
  return falls
}

/** Places at which the step falls, and the start. */
function sessionStarts(steps: Series['steps'], written: Uint32Array): number[] {
  const starts = [0]
  for (let at = 1; at < written.length && starts.length <= mostFalls + 1; at += 1) {
    if (steps[written[at]!]! < steps[written[at - 1]!]!) starts.push(at)
  }
  return starts
}

/** One of the points has the step of a point that is current. */
function logsAgain(steps: Series['steps'], points: Uint32Array, isCurrent: Uint8Array): boolean {
  for (const at of points) {
    const step = steps[at]!
    for (let near = at - 1; near >= 0 && steps[near] === step; near -= 1) if (isCurrent[near] === 1) return true
    for (let near = at + 1; near < steps.length && steps[near] === step; near += 1) if (isCurrent[near] === 1) return true
  }
  return false
}

function firstOfStep(steps: Series['steps'], at: number): number {
  let first = at
  while (first > 0 && steps[first - 1] === steps[at]) first -= 1
  return first
}

/** Positions of a series that no restart supersedes, ascending. */
export function currentPositions(count: number, restarts: readonly Restart[]): Uint32Array {
  const isOld = new Uint8Array(count)
  let current = count
  for (const { superseded } of restarts) {
    current -= superseded.length
    for (const at of superseded) isOld[at] = 1
  }
  const positions = new Uint32Array(current)
  let used = 0
  for (let at = 0; at < count; at += 1) if (isOld[at] === 0) positions[used++] = at
  return positions
}
