import { writeFileSync } from 'node:fs'
import os from 'node:os'
import { parseArgs } from 'node:util'

import { browserLines } from './browser-lines.ts'
import { bundleLines } from './bundle-lines.ts'
import { chartLines } from './chart-lines.ts'
import { eventLines } from './event-lines.ts'
import { importLines } from './import-lines.ts'
import { keyLines } from './key-lines.ts'
import { benchRun, isFailure, markdown, type BenchRun, type Line, type Tools } from './line.ts'
import { liveTableLines } from './live-table-lines.ts'
import { seriesLines } from './series-lines.ts'
import { startLines } from './start-lines.ts'
import { tableLines } from './table-lines.ts'
import { watchLines } from './watch-lines.ts'

const groups: Record<string, (run: BenchRun) => Promise<Line[]>> = {
  start: startLines,
  bundle: bundleLines,
  table: tableLines,
  live: liveTableLines,
  keys: keyLines,
  series: seriesLines,
  import: importLines,
  watch: watchLines,
  events: eventLines,
  charts: chartLines,
  browser: browserLines,
}

function machine(): string {
  const [cpu] = os.cpus()
  const load = os.loadavg()[0]?.toFixed(1)
  return `${os.availableParallelism()} × ${cpu?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.platform()} ${os.release()}, Node ${process.version}, load at start ${load}`
}

/** Measures, prints a Markdown table and returns the exit code. */
export async function benchmark(args: string[], tools: Tools): Promise<number> {
  const { values } = parseArgs({ args, options: { tenth: { type: 'boolean' }, only: { type: 'string' }, json: { type: 'string' } } })
  const names = values.only?.split(',') ?? Object.keys(groups)
  const unknown = names.filter(name => !(name in groups))
  if (unknown.length > 0) throw new Error(`No group ${unknown.join(', ')}. There are: ${Object.keys(groups).join(', ')}`)
  const run = benchRun(values.tenth ? 0.1 : 1, tools)
  const started = performance.now()
  const on = machine()
  const lines: Line[] = []
  for (const name of names) {
    run.say(`${name} (after ${((performance.now() - started) / 1_000).toFixed(0)} s)`)
    lines.push(...((await groups[name]?.(run)) ?? []))
  }
  const size = run.share < 1 ? 'a tenth of the runs; the part of a budget that grows with them is a tenth too' : 'full size'
  process.stdout.write(`\n${on}; ${size}\n\n${markdown(lines)}\n\n${((performance.now() - started) / 1_000).toFixed(0)} s in all\n`)
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ machine: on, share: run.share, lines }, null, 2)}\n`)
  return run.share < 1 && lines.some(isFailure) ? 1 : 0
}
