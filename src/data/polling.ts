/** Milliseconds between two looks at something that changes only when a source is read: each second while one is, else each 15 s. */
export function pollInterval(reading: boolean): number {
  return reading ? 1_000 : 15_000
}
