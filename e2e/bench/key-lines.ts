import { operations } from '#contract/operations.ts'
import type { RunDetail } from '#contract/run.ts'
import type { KeysPage, RunsPage } from '#contract/runs-page.ts'
import { createReader } from '#server/queries/service.ts'

import type { BenchRun, Line } from './line.ts'
import { openStore } from './make-store.ts'
import { median, percentile, timed } from './stats.ts'

const calls = 50
const searches = ['', 'probe', 'probe 77', 'acc', 'sweep 119', 'zzz']

function parse(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString())
}

function open(file: string) {
  const { service } = createReader(file)
  const [project] = parse(service.projects({})) as { id: string }[]
  return { service, project: project?.id ?? '' }
}

function keySearch(share: number): Line {
  const { service, project } = open(openStore('keys', share).database)
  const find = (search: string) => service.keys(operations.keys.input.parse({ project, search }))
  timed(10, index => find(searches[index % searches.length] ?? ''))
  const times = timed(calls, index => find(searches[index % searches.length] ?? ''))
  const all = parse(find('')) as KeysPage
  const some = parse(find('probe 77')) as KeysPage
  service.close(null)
  const faults = []
  if (all.total < 12_000 || all.keys.length !== 100)
    faults.push(`${all.keys.length} keys of ${all.total} where 100 of 12,000 were asked for`)
  if (some.keys.some(({ key }) => !key.includes('probe') || !key.includes('77'))) faults.push('a key that does not match')
  return {
    what: `key search among ${all.total.toLocaleString('en')}`,
    unit: 'ms',
    budget: null,
    measured: median(times),
    note: `p95 ${percentile(times, 0.95).toFixed(1)} ms`,
    faults,
  }
}

function runPage(share: number): Line {
  const { service, project } = open(openStore('wide', share).database)
  const { rows } = parse(service.runsPage(operations.runsPage.input.parse({ project, limit: 50 }))) as RunsPage
  const ids = rows.map(row => row.id)
  const of = (index: number) => service.run({ run: ids[index % ids.length] ?? '' })
  timed(5, of)
  const times = timed(calls, of)
  const bytes = of(0)
  const detail = parse(bytes) as RunDetail
  service.close(null)
  const faults =
    detail.metrics.length === 1_500 && detail.params.length === 150
      ? []
      : [`${detail.metrics.length} metrics, ${detail.params.length} params`]
  return {
    what: 'run page, 1,500 metrics and 150 params',
    unit: 'ms',
    budget: null,
    measured: median(times),
    note: `p95 ${percentile(times, 0.95).toFixed(1)} ms, ${Math.round(bytes.length / 1_000)} kB`,
    faults,
  }
}

/** The key search and the run page, in the reader as its thread runs them. */
export async function keyLines({ share }: BenchRun): Promise<Line[]> {
  return [keySearch(share), runPage(share)]
}
