import type { Int64 } from '#contract/int64.ts'
import type { MediaTag } from '#contract/media.ts'

/** All steps of some tags, ascending, each once. */
export function unionSteps(tags: readonly MediaTag[]): Int64[] {
  const steps = new Map(tags.flatMap(tag => tag.steps.map(step => [BigInt(step), step] as const)))
  return [...steps].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, step]) => step)
}

/** Place of the last of ascending steps that is not after a step; −1 where all are. */
export function placeAt(steps: readonly Int64[], step: Int64): number {
  const wanted = BigInt(step)
  let from = 0
  let to = steps.length
  while (from < to) {
    const middle = (from + to) >> 1
    if (BigInt(steps[middle] ?? 0) <= wanted) from = middle + 1
    else to = middle
  }
  return from - 1
}

/** Reads the step of an address; null for none, which means the newest one. */
export function parseStep(text: string | undefined): Int64 | null {
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) return null
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : text
}
