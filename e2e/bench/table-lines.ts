import { operations } from '#contract/operations.ts'
import type { RunsPage, RunsPageInput } from '#contract/runs-page.ts'
import { createReader } from '#server/queries/service.ts'

import type { BenchRun, Line } from './line.ts'
import { openStore, type Store } from './make-store.ts'
import { startServer } from './server.ts'
import { denseColumns } from './shapes.ts'
import { median, percentile, timed } from './stats.ts'

const rows = 100
type Service = ReturnType<typeof createReader>['service']
type Ask = Omit<RunsPageInput, 'project'>

/** The bounds differ from call to call, so that no call can be answered by what another one left. */
const asks = {
  'filter + sort + 100 full rows': index => ({
    filter: `metrics.\`val/acc\` > ${0.9 - index * 1e-6} and params.optimizer = 'adam'`,
    sort: ['-metrics.`val/acc`'],
  }),
  'loose filter (nearly all match)': index => ({ filter: `metrics.\`val/loss\` < ${100 + index}`, sort: ['metrics.`val/loss`'] }),
  'filter with or, in, not': index => ({
    filter: `(params.lr < ${0.001 + index * 1e-9} or params.batch_size in ('64', '128')) and not status = 'failed'`,
    sort: ['-max(metrics.`val/acc`)'],
  }),
  'sort by a text that differs in every run': index => ({ filter: `metrics.\`val/acc\` > ${0.1 - index * 1e-6}`, sort: ['params.config'] }),
  'ilike over a text that differs in every run': index => ({
    filter: `params.config ilike '%vit%${index % 10}.yaml'`,
    sort: ['-start_time'],
  }),
  'last page': index => ({ filter: `metrics.\`val/acc\` > ${0.1 - index * 1e-6}`, sort: ['-metrics.`val/acc`'], offset: 60_000 }),
} satisfies Record<string, (index: number) => Ask>

function parsed(bytes: Uint8Array): RunsPage {
  return JSON.parse(Buffer.from(bytes).toString()) as RunsPage
}

/** Rows and columns that are not exactly those asked for, or not what the filter and the sort say. */
function structuralFaults(page: RunsPage, limit: number): string[] {
  const faults: string[] = []
  if (page.rows.length !== Math.min(limit, page.total))
    faults.push(`${page.rows.length} rows of ${page.total} where ${limit} were asked for`)
  if (page.columns.length !== denseColumns.length) faults.push(`${page.columns.length} columns where ${denseColumns.length} were asked for`)
  if (page.columns.some(column => column.values.length !== page.rows.length)) faults.push('a column of another length than the rows')
  const valuesOf = (operand: string) => page.columns.find(column => column.operand === operand)?.values ?? []
  const accuracies = valuesOf('metrics.`val/acc`').map(Number)
  if (accuracies.some((value, index) => !(value > 0.8) || value > (accuracies[index - 1] ?? Infinity)))
    faults.push('rows out of order or out of the filter')
  if (valuesOf('params.optimizer').some(value => value !== 'adam')) faults.push('a row that the filter excludes')
  return faults
}

/** Lets the reader load what it looked up so far, as it does between requests. */
async function warmed(): Promise<number> {
  const started = performance.now()
  for (let turn = 0; turn < denseColumns.length * 2; turn += 1) await new Promise(setImmediate)
  return performance.now() - started
}

async function inReader(service: Service, project: string, calls: number): Promise<Line[]> {
  const page = (ask: Ask) => service.runsPage(operations.runsPage.input.parse({ project, columns: denseColumns, limit: rows, ...ask }))
  const first = timed(1, () => page({}))
  const loading = await warmed()
  const lines: Line[] = Object.entries(asks).map(([name, ask]) => {
    timed(10, index => page(ask(index)))
    const times = timed(calls, index => page(ask(index + 10)))
    return { what: name, unit: 'ms', budget: null, measured: median(times), note: `reader, p95 ${percentile(times, 0.95).toFixed(1)} ms` }
  })
  return [
    ...lines,
    {
      what: 'first page after a start, 50 columns',
      unit: 'ms',
      budget: null,
      measured: first[0] ?? Number.NaN,
      note: `reader; all of them held ${loading.toFixed(0)} ms later`,
    },
  ]
}

async function overHttp(
  store: Store,
  calls: number,
): Promise<{ times: number[]; bytes: number; first: number; peak: number | null; faults: string[] }> {
  const server = await startServer(store.home)
  try {
    const [project] = await server.client.json<{ id: string }[]>('/api/projects')
    const ask = (index: number) => ({
      project: project?.id,
      columns: denseColumns,
      limit: rows,
      ...asks['filter + sort + 100 full rows'](index),
    })
    const first = await server.client.post('/api/runs', ask(0))
    const times: number[] = []
    for (let index = 0; index < calls; index += 1) times.push((await server.client.post('/api/runs', ask(index + 1))).ms)
    // Every aggregate of every metric: more than the column cache holds.
    for (const aggregate of ['first', 'min', 'max', 'mean', 'count']) {
      const columns = denseColumns.filter(column => column.startsWith('metrics.')).map(column => `${aggregate}(${column})`)
      await server.client.json('/api/runs', { project: project?.id, columns })
    }
    return {
      times,
      bytes: first.body.length,
      first: first.ms,
      peak: server.peakMegabytes(),
      faults: structuralFaults(parsed(first.body), rows),
    }
  } finally {
    await server.stop()
  }
}

/** One page of the run table, in the reader as its thread runs it, then through HTTP. */
export async function tableLines({ share, budget, say }: BenchRun): Promise<Line[]> {
  const store = openStore('table', share)
  const calls = share < 1 ? 100 : 200
  const { service } = createReader(store.database)
  const [project] = JSON.parse(Buffer.from(service.projects({})).toString()) as { id: string }[]
  const id = project?.id ?? ''
  const [main, ...others] = await inReader(service, id, calls)
  const page = parsed(
    service.runsPage(
      operations.runsPage.input.parse({ project: id, columns: denseColumns, limit: rows, ...asks['filter + sort + 100 full rows'](0) }),
    ),
  )
  service.close(null)
  say('  over HTTP')
  const http = await overHttp(store, calls)
  const at = `${store.runs.toLocaleString('en')} runs`
  const lines: Line[] = []
  // Half of a page's time goes into its 100 rows, whatever the number of runs.
  if (main)
    lines.push({
      ...main,
      what: `table page, ${at}: ${main.what}`,
      budget: budget(10, 5),
      note: `${main.note}; ${page.total} match`,
      faults: structuralFaults(page, rows),
    })
  lines.push(...others.map(line => ({ ...line, what: `— ${line.what}` })))
  lines.push({
    what: '— through HTTP',
    unit: 'ms',
    budget: null,
    measured: median(http.times),
    note: `p95 ${percentile(http.times, 0.95).toFixed(1)} ms, ${Math.round(http.bytes / 1_000)} kB; first one ${http.first.toFixed(0)} ms`,
    faults: http.faults,
  })
  if (http.peak !== null)
    lines.push({
      what: 'peak RSS, table page',
      unit: 'MB',
      budget: budget(1_000, 300),
      measured: http.peak,
      note: 'server process, all aggregates of 30 metrics asked for',
    })
  return lines
}
