/** The value that a share of the others is not above; NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Milliseconds of each of `times` calls. */
export function timed(times: number, work: (index: number) => void): number[] {
  return Array.from({ length: times }, (_, index) => {
    const started = performance.now()
    work(index)
    return performance.now() - started
  })
}

export function sleep(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms)
  })
}
