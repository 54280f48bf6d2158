import type { ComparedRun, Comparison, MetricRow } from '#contract/comparison.ts'
import { fromFloat64, type Float64 } from '#contract/int64.ts'
import type { Project } from '#contract/source.ts'
import { defaultAggregate } from '#domain/default-aggregate.ts'
import { packageVersion, type Environment } from '#domain/environment-text.ts'
import { metricDirection, type MetricDirection } from '#domain/metric-direction.ts'
import { formatDuration, formatTime } from '#lib/format-time.ts'
import { formatCount, formatNumber, numberFormat } from '#lib/format.ts'

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
  /** How a difference is written, without its sign; as a value where it is not given. */
  formatDifference?: (difference: number, before: number) => string
  /** How far runs are from the baseline is shown. */
  hasDelta: boolean
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
  const format = numberFormat(finite.length === 0 ? undefined : { min: 0, max: usual(finite), integers: finite.every(Number.isInteger) })
  return numberRow({
    section: 'Result',
    key: metric.key,
    note: aggregate,
    values,
    format: value => formatNumber(value, format),
    hasDelta: true,
    better: primary?.key === metric.key ? (primary.greaterIsBetter ? 'higher' : 'lower') : metricDirection(metric.key),
  })
}

/** The size that nine of ten values have at most: one run that diverged must not take the decimals of all others. */
function usual(values: readonly number[]): number {
  const sizes = values.map(Math.abs).sort((a, b) => a - b)
  return sizes[Math.floor((sizes.length - 1) * 0.9)] ?? 0
}

function numberOf(value: Float64 | null): number | null {
  return value === null ? null : fromFloat64(value)
}

/** The run's duration in ms; of one that goes on until `now`. */
function durationOf({ start, end, status }: ComparedRun, now: number): number | null {
  if (start === null) return null
  if (end !== null) return end - start
  return status === 'running' ? now - start : null
}

/** Packages of the runs, from files beside their models: null where these were not read. A row each. */
export function packageRows(environments: readonly (Environment | null)[]): CompareRow[] {
  if (environments.every(environment => environment === null)) return []
  const versions = environments.map(environment => new Map((environment?.packages ?? []).map(packageVersion)))
  const names = [...new Set(versions.flatMap(known => [...known.keys()]))].sort()
  return [
    textRowOf(
      'Packages',
      'python',
      environments.map(environment => environment?.python ?? null),
    ),
    ...names.map(name =>
      textRowOf(
        'Packages',
        name,
        versions.map(known => known.get(name) ?? null),
      ),
    ),
  ].filter(({ texts }) => texts.length > 0)
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
    numberRow({
      ...plain,
      key: 'duration',
      values: runs.map(run => durationOf(run, now)),
      format: formatDuration,
      formatDifference: (difference, before) => `${formatCount(Math.round((difference / before) * 100))} %`,
      hasDelta: true,
    }),
    numberRow({ ...plain, key: 'start', values: runs.map(({ start }) => start), format: time => formatTime(time), hasDelta: false }),
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
