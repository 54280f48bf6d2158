import type { ComparedRun, Comparison, MetricRow } from '#contract/comparison.ts'
import { fromFloat64, type Float64 } from '#contract/int64.ts'
import type { Project } from '#contract/source.ts'
import { defaultAggregate } from '#domain/default-aggregate.ts'
import { metricDirection, type MetricDirection } from '#domain/metric-direction.ts'
import { formatDuration, formatTime } from '#lib/format-time.ts'
import { formatNumber, numberFormat } from '#lib/format.ts'

export const sections = ['Params', 'Code and environment', 'Packages', 'Result', 'Tags', 'Data'] as const
export type Section = (typeof sections)[number]

interface RowBase {
  section: Section
  key: string
  /** Not all runs have the same, or some have none. */
  differs: boolean
}

/** One fact over all runs, as texts: each once, and its place of each run, −1 for none. */
export interface TextCompareRow extends RowBase {
  kind: 'text'
  texts: readonly string[]
  at: readonly number[]
}

/** One fact over all runs, as numbers that have a difference; null for none. */
export interface NumberCompareRow extends RowBase {
  kind: 'number'
  /** What of the series it is: `max`, `min`, `last`; empty where it is no metric. */
  note: string
  values: readonly (number | null)[]
  format: (value: number) => string
  /** Half of the last digit that is shown: a smaller difference is none. */
  resolution: number
  better: MetricDirection | null
}

export type CompareRow = TextCompareRow | NumberCompareRow

function textRow(section: Section, key: string, texts: readonly string[], at: readonly number[]): TextCompareRow {
  const [first] = at
  return { kind: 'text', section, key, texts, at, differs: at.some(place => place !== first) }
}

/** A row of one text a run; empty and null are none. */
export function textRowOf(section: Section, key: string, values: readonly (string | null)[]): TextCompareRow {
  const places = new Map<string, number>()
  const at = values.map(value => {
    if (value === null || value === '') return -1
    const place = places.get(value) ?? places.size
    places.set(value, place)
    return place
  })
  return textRow(section, key, [...places.keys()], at)
}

function numberRow(row: Omit<NumberCompareRow, 'kind' | 'differs'>): NumberCompareRow {
  const [first] = row.values
  return { kind: 'number', ...row, differs: row.values.some(value => !Object.is(value, first)) }
}

function metricRowOf(metric: MetricRow, primary: Project['primaryMetric']): NumberCompareRow {
  const aggregate = defaultAggregate(metric.key, primary)
  const best = aggregate === 'min' || aggregate === 'max' ? metric[aggregate] : metric.last
  // What is nowhere finite has no best, and yet was logged.
  const values = best.map((value, at) => numberOf(value ?? metric.last[at] ?? null))
  const finite = values.filter(value => value !== null && Number.isFinite(value)) as number[]
  const format = numberFormat(
    finite.length === 0 ? undefined : { min: least(finite), max: greatest(finite), integers: finite.every(Number.isInteger) },
  )
  return numberRow({
    section: 'Result',
    key: metric.key,
    note: aggregate,
    values,
    format: value => formatNumber(value, format),
    resolution: 0.5 * 10 ** -format.decimals,
    better: primary?.key === metric.key ? (primary.greaterIsBetter ? 'higher' : 'lower') : metricDirection(metric.key),
  })
}

// Spreading half a thousand runs is well, a million would not be.
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity)
const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity)

function numberOf(value: Float64 | null): number | null {
  return value === null ? null : fromFloat64(value)
}

/** The run's duration in ms; of one that goes on until `now`. */
function durationOf({ start, end, status }: ComparedRun, now: number): number | null {
  if (start === null) return null
  if (end !== null) return end - start
  return status === 'running' ? now - start : null
}

/** All rows of a comparison in the order of the sections. `now` in ms since the epoch: the end of durations that still grow. */
export function compareRows(comparison: Comparison, primary: Project['primaryMetric'], now: number): CompareRow[] {
  const { runs, params, tags, metrics } = comparison
  const fact = (key: string, valueOf: (run: ComparedRun) => string) => textRowOf('Code and environment', key, runs.map(valueOf))
  const plain = { section: 'Result' as const, note: '', better: null }
  const code = [
    fact('git.commit', ({ git }) => git.commit),
    fact('git.branch', ({ git }) => git.branch),
    fact('git.dirty', ({ git }) => (git.commit === '' ? '' : git.dirty ? 'yes' : 'no')),
    fact('git.repository', ({ git }) => git.repository),
    fact('command', ({ command }) => command),
    fact('framework', ({ framework }) => framework),
    fact('user', ({ user }) => user),
    fact('host', ({ host }) => host),
    fact('project', ({ project }) => project.name),
  ]
  const contexts = [...new Set(runs.flatMap(({ datasets }) => datasets.map(({ context }) => context)))]
  const data = contexts.map(context =>
    textRowOf(
      'Data',
      context === '' ? 'dataset' : context,
      runs.map(({ datasets }) =>
        datasets
          .filter(dataset => dataset.context === context)
          .map(({ name, digest }) => (digest === '' ? name : `${name} ${digest}`))
          .join(', '),
      ),
    ),
  )
  return [
    ...params.map(({ key, texts, at }) => textRow('Params', key, texts, at)),
    ...code.filter(({ texts }) => texts.length > 0),
    ...metrics.map(metric => metricRowOf(metric, primary)),
    textRowOf(
      'Result',
      'status',
      runs.map(({ status }) => status),
    ),
    numberRow({ ...plain, key: 'duration', values: runs.map(run => durationOf(run, now)), format: formatDuration, resolution: 500 }),
    numberRow({ ...plain, key: 'start', values: runs.map(({ start }) => start), format: time => formatTime(time), resolution: Infinity }),
    ...tags.map(({ key, texts, at }) => textRow('Tags', key, texts, at)),
    ...data,
  ]
}

/** What a row has of a run, as it was logged: texts and numbers as they are; null for none. */
export function valueAt(row: CompareRow, run: number): string | number | null {
  if (row.kind === 'number') return row.values[run] ?? null
  return row.texts[row.at[run] ?? -1] ?? null
}

/** Has the run another value than the baseline, or one of the two none? */
export function isUnlike(row: CompareRow, run: number, baseline: number): boolean {
  return row.kind === 'text' ? row.at[run] !== row.at[baseline] : !Object.is(row.values[run] ?? null, row.values[baseline] ?? null)
}
