import { isLive } from './live-state.ts'

const whileLive = 60_000

/**
 * Milliseconds between two looks at something that changes only when a source is read or grows. While changes are told that is a
 * safeguard; else each second while one is read, and each 15 s.
 */
export function pollInterval(reading: boolean): number {
  return isLive() ? whileLive : reading ? 1_000 : 15_000
}

/** The same for what a run shows that still logs; false for one that does not. */
export function growthInterval(growing: boolean): number | false {
  if (!growing) return false
  return isLive() ? whileLive : 5_000
}
