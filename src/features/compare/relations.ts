import type { Brush } from '#charts/prepare/brush.ts'
import { wantsLog, type RelationAxis, type RelationInput } from '#charts/prepare/relation-axis.ts'
import { parseList, printList } from '#lib/text-list.ts'

import { valueAt, type CompareRow } from './compare-rows.ts'
import type { Compared } from './compared.ts'

/** Axes while nobody chose: params that differ, then metrics that matter. */
const paramsAtFirst = 5
const metricsAtFirst = 2

/** What can be an axis: params, metrics at their best, and the duration; by `params.lr`, `metrics.val/acc`, `duration`. */
export function relationInputs({ comparison }: Compared, rows: readonly CompareRow[]): Map<string, RelationInput> {
  const inputs = new Map<string, RelationInput>()
  for (const row of rows) {
    const key = row.section === 'Params' ? `params.${row.key}` : row.kind === 'number' && row.note !== '' ? `metrics.${row.key}` : row.key
    const isQuantity = row.section === 'Params' || (row.section === 'Result' && row.kind === 'number' && row.key !== 'start')
    if (isQuantity) inputs.set(key, { key, values: comparison.runs.map((_, run) => valueAt(row, run)) })
  }
  return inputs
}

/** The axes of an address, those that are there; while nobody chose, what tells the runs apart and what came of it. */
export function chosenAxes(text: string | undefined, inputs: ReadonlyMap<string, RelationInput>, { metrics }: Compared): string[] {
  if (text !== undefined) return [...new Set(parseList(text))].filter(key => inputs.has(key))
  const differs = ({ values }: RelationInput) => values.some(value => value !== values[0])
  // What is another one in each run, such as a path, tells less than what some have in common.
  const isOwn = ({ values }: RelationInput) => new Set(values).size === values.length
  const differing = [...inputs.values()].filter(input => input.key.startsWith('params.') && differs(input))
  const params = [...differing.filter(input => !isOwn(input)), ...differing.filter(isOwn)]
  return [...params.slice(0, paramsAtFirst).map(({ key }) => key), ...metrics.slice(0, metricsAtFirst).map(key => `metrics.${key}`)]
}

/** Says that no axis is on a log scale, which an empty list would leave to the numbers. */
const noLog = 'none'

/** Axes on a log scale: those that the address names, else those whose numbers are far apart. */
export function logAxes(
  text: string | undefined,
  axes: readonly string[],
  inputs: ReadonlyMap<string, RelationInput>,
): ReadonlySet<string> {
  if (text !== undefined) return new Set(parseList(text))
  return new Set(
    axes.filter(key => {
      const input = inputs.get(key)
      return input !== undefined && wantsLog(input)
    }),
  )
}

/** Writes what `logAxes` reads. */
export function printLog(keys: ReadonlySet<string>): string {
  return printList(keys.size === 0 ? [noLog] : [...keys])
}

/** Reads brushes from an address; what cannot be read is none. */
export function parseBrushes(text: string | undefined): Brush[] {
  return parseList(text).flatMap((part): Brush[] => {
    const [key = '', kind, ...rest] = parseList(part)
    if (kind === 'of' && rest.length > 0) return [{ key, kind, texts: rest }]
    const [from = Number.NaN, to = Number.NaN] = rest.map(Number)
    return kind === 'range' && from <= to ? [{ key, kind, from, to }] : []
  })
}

/** Writes what `parseBrushes` reads. */
export function printBrushes(brushes: readonly Brush[]): string {
  return printList(
    brushes.map(brush =>
      printList([brush.key, brush.kind, ...(brush.kind === 'range' ? [String(brush.from), String(brush.to)] : brush.texts)]),
    ),
  )
}

/** Steps of the scale for numbers, from one that is seen on the ground to the strongest. */
const weakest = 3
const strongest = 8
const hues = 10

/** Colour of each run by an axis: numbers along one hue by their rank, so that one that is far away leaves the others apart; texts in a hue each; grey for what has no place. */
export function colorsBy(axis: RelationAxis): string[] {
  const sorted = [...new Set(axis.places.filter(place => place !== null))].sort((a, b) => a - b)
  const rank = new Map(sorted.map((place, at) => [place, at / Math.max(1, sorted.length - 1)]))
  return axis.places.map((place, run) => {
    if (place === null) return 'var(--series-context)'
    if (axis.kind === 'number') return `var(--seq-${weakest + Math.round((rank.get(place) ?? 0) * (strongest - weakest))})`
    return `var(--series-${(axis.categories.indexOf(axis.texts[run] ?? '') % hues) + 1})`
  })
}
