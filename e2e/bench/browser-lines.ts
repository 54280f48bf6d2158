import type { BenchRun, Line } from './line.ts'
export async function browserLines(_run: BenchRun): Promise<Line[]> {
  return []
}
