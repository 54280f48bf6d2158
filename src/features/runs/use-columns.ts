import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { printOperand } from '#contract/operand-text.ts'
import type { KeyEntry } from '#contract/runs-page.ts'
import type { Project } from '#contract/source.ts'
import { allKeysQuery, keysQuery } from '#data/keys.ts'

import { defaultColumns } from './default-columns.ts'
import { parseColumns, printColumns, shownColumn, type EveryColumn, type ShownColumn } from './shown-columns.ts'

/** Keys among which the default columns are chosen; they come by coverage, so that the rest is rarer still. */
const considered = 100

/** The columns to show: those of the address, else the default ones; null until the keys that decide are here. */
export function useColumns(project: string, text: string | undefined, primary: Project['primaryMetric']) {
  const metrics = useQuery(keysQuery({ project, kind: 'metric', limit: considered }))
  const params = useQuery(keysQuery({ project, kind: 'param', limit: considered }))
  const defaults = useMemo(
    () => (metrics.data && params.data ? defaultColumns(metrics.data.keys, params.data.keys, primary) : null),
    [metrics.data, params.data, primary],
  )
  const parsed = useMemo(() => (text === undefined ? null : parseColumns(text)), [text])
  const kinds = useMemo(
    () => (parsed ?? []).filter((column): column is EveryColumn => 'every' in column).map(column => column.every),
    [parsed],
  )
  const every = useQueries({
    queries: kinds.map(kind => allKeysQuery(project, kind)),
    combine: results => ({
      keys: results.every(result => result.data) ? results.map(result => result.data ?? []) : null,
      error: results.find(result => result.error)?.error,
    }),
  })
  const shown = useMemo(() => {
    if (parsed === null) return defaults
    if (every.keys === null) return null
    const lists = new Map(kinds.map((kind, index) => [kind, every.keys?.[index] ?? []]))
    return expandColumns(parsed, kind => lists.get(kind) ?? [])
  }, [parsed, defaults, kinds, every.keys])
  const numericKeys = useMemo(() => new Set((params.data?.keys ?? []).filter(key => key.numeric).map(key => key.operand)), [params.data])
  return { shown, defaults, numericKeys, error: (text === undefined ? (metrics.error ?? params.error) : every.error) ?? null }
}

/** Puts the keys of a kind in the place of `metrics.*`, without those that stand by themselves. */
function expandColumns(
  columns: readonly (ShownColumn | EveryColumn)[],
  keysOf: (kind: EveryColumn['every']) => readonly Pick<KeyEntry, 'key'>[],
): ShownColumn[] {
  const own = new Set(columns.flatMap(column => ('every' in column ? [] : [printOperand(column.operand)])))
  return columns.flatMap(column => {
    if (!('every' in column)) return [column]
    const { every } = column
    return keysOf(every)
      .map(({ key }) => shownColumn(every === 'metric' ? { kind: every, key, aggregate: 'last' } : { kind: every, key }))
      .filter(({ id }) => !own.has(id))
  })
}

/** Text of chosen columns for an address; null where they are the default ones. */
export function columnsText(columns: readonly ShownColumn[], defaults: readonly ShownColumn[] | null): string | null {
  const text = printColumns(columns)
  // An address without columns means the default ones, so that no column at all must be said by the name, which is always there.
  return defaults && text === printColumns(defaults) ? null : text || 'run_name'
}
