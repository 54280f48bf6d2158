import { stableHash } from '#lib/stable-hash.ts'

const seriesCount = 10

/** Number of the series colour that belongs to a run id, 1 to 10: the same in table, chart, report and export. */
export function runSeries(runId: string): number {
  return (stableHash(runId) % seriesCount) + 1
}

/** CSS value of the run's colour, `var(--series-n)`. */
export function runColor(runId: string): string {
  return `var(--series-${runSeries(runId)})`
}
