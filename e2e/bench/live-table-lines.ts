import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { operations } from '#contract/operations.ts'
import type { RunsPage } from '#contract/runs-page.ts'
import { createWriter } from '#server/ingest/writer.ts'
import { createReader } from '#server/queries/service.ts'

import type { BenchRun, Line } from './line.ts'
import { openStore } from './make-store.ts'
import { scratchFolder } from './server.ts'
import { denseColumns } from './shapes.ts'
import { median, percentile } from './stats.ts'

const metric = 'val/acc'

/** The page of a table that somebody looks at, asked for after each commit of a run that logs all of its metrics. */
export async function liveTableLines({ share, budget }: BenchRun): Promise<Line[]> {
  const store = openStore('table', share)
  const file = path.join(scratchFolder(), 'readout.db')
  copyFileSync(store.database, file)
  const reader = createReader(file)
  const { service: writer } = createWriter(file, ({ projects, runs }) => reader.changed(projects, runs))
  try {
    const [project] = JSON.parse(Buffer.from(reader.service.projects({})).toString()) as { id: string }[]
    const run = lastRun(file)
    const keys = denseColumns.filter(column => column.startsWith('metrics.')).map(column => column.replace(/^metrics\.`?|`$/g, ''))
    const ask = operations.runsPage.input.parse({
      project: project?.id,
      columns: denseColumns,
      limit: 100,
      filter: `metrics.\`${metric}\` > 0.9 and params.optimizer = '${run.optimizer}'`,
      sort: [`-metrics.\`${metric}\``],
    })
    const page = () => JSON.parse(Buffer.from(reader.service.runsPage(ask)).toString()) as RunsPage
    page()
    for (let turn = 0; turn < denseColumns.length * 2; turn += 1) await new Promise(setImmediate)
    const times: number[] = []
    const faults = new Set<string>()
    for (let commit = 0; commit < 60; commit += 1) {
      const value = 2 + commit
      const at = { steps: Uint32Array.of(1_000_000 + commit), times: Float64Array.of(commit), values: Float64Array.of(value) }
      await writer.append({ run: run.no, hash: `commit ${commit}`, at: Date.now(), series: keys.map(key => ({ key, ...at })) })
      const started = performance.now()
      const bytes = reader.service.runsPage(ask)
      times.push(performance.now() - started)
      const { rows, columns } = JSON.parse(Buffer.from(bytes).toString()) as RunsPage
      const shown = columns.find(column => column.operand === `metrics.\`${metric}\``)?.values[0]
      if (rows[0]?.id !== run.id || shown !== value) faults.add('the run that logs does not stand first with what it logged last')
    }
    const rest = times.slice(5)
    return [
      {
        what: `live page at ${store.runs.toLocaleString('en')} runs`,
        unit: 'ms',
        budget: budget(15, 5),
        measured: median(rest),
        note: `reader, filter + sort + 100 full rows after each commit of a run that logs ${keys.length} metrics; p95 ${percentile(rest, 0.95).toFixed(1)} ms`,
        faults: [...faults],
      },
    ]
  } finally {
    writer.close()
    reader.service.close(null)
  }
}

/** A run that the filter lets through once it logs. */
function lastRun(file: string): { no: number; id: string; optimizer: string } {
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    const row = database
      .prepare(
        `select run.no, run.id, fact.text from run join key on key.kind = 'param' and key.name = 'optimizer'
         join fact on fact.run = run.no and fact.key = key.no and fact.project = run.project where deleted_at is null order by run.no desc limit 1`,
      )
      .get()
    return { no: Number(row?.['no']), id: String(row?.['id']), optimizer: String(row?.['text']) }
  } finally {
    database.close()
  }
}
