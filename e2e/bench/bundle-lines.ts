import type { BenchRun, Line } from './line.ts'

/** JavaScript that a page loads before anything is clicked; the starts before have built it. */
export async function bundleLines({ tools }: BenchRun): Promise<Line[]> {
  return tools.measureBundles().map(({ page, bytes, limit, files }) => ({
    what: `JavaScript of the ${page}, gz`,
    unit: 'kB',
    budget: limit / 1_000,
    measured: bytes / 1_000,
    note: `${files} files`,
    faults: files === 0 ? ['no files'] : [],
  }))
}
