import type { Comparison } from '#contract/comparison.ts'
import { parseList, printList } from '#lib/text-list.ts'

/** Runs that have the same values of these params are one line, or of all params but these. */
export interface Grouping {
  kind: 'by' | 'but'
  keys: readonly string[]
}

/** Groups that are drawn. */
export const mostDrawnGroups = 20

/** Reads `by:optimizer,lr` and `but:seed`; null for runs one by one. */
export function parseGrouping(text: string | undefined): Grouping | null {
  const [, kind, list] = /^(by|but):(.*)$/s.exec(text ?? '') ?? []
  const keys = parseList(list)
  return kind === undefined || keys.length === 0 ? null : { kind: kind as Grouping['kind'], keys }
}

/** Writes what `parseGrouping` reads. */
export function printGrouping({ kind, keys }: Grouping): string {
  return keys.length === 0 ? '' : `${kind}:${printList(keys)}`
}

export interface RunGroup {
  /** The values, as JSON: the same in each comparison. */
  id: string
  label: string
  /** Places of its runs in the comparison. */
  runs: number[]
}

/** Params that tell runs apart, in their order. */
export function differingParams({ params }: Comparison): string[] {
  return params.filter(({ at }) => at.some(place => place !== at[0])).map(({ key }) => key)
}

/** Groups in the order of their first runs. Their labels leave out what all runs have the same. */
export function groupRuns(comparison: Comparison, { kind, keys }: Grouping): RunGroup[] {
  const telling = new Set(differingParams(comparison))
  const wanted = (key: string) => keys.includes(key) === (kind === 'by')
  const rows = comparison.params.filter(({ key }) => telling.has(key) && wanted(key))
  // By what was asked for, in that order.
  if (kind === 'by') rows.sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))
  const groups = new Map<string, RunGroup>()
  for (const run of comparison.runs.keys()) {
    const values = rows.map(({ texts, at }) => texts[at[run] ?? -1] ?? null)
    const id = JSON.stringify(values)
    const group = groups.get(id)
    if (group) group.runs.push(run)
    else groups.set(id, { id, label: values.map(value => value ?? '–').join(', ') || 'all runs', runs: [run] })
  }
  return [...groups.values()]
}
