import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'

import type { Comparison } from '#contract/comparison.ts'
import { environmentQuery } from '#domain/environment-query.ts'
import { modelHistoryTag } from '#domain/model-history.ts'

import { packageRows, type CompareRow } from './compare-rows.ts'

/** Runs whose packages are read without being asked: each is a few files. */
const mostUnasked = 20

export interface Packages {
  rows: readonly CompareRow[]
  reading: boolean
  /** Reads them; null once that was done. */
  read: (() => void) | null
}

/** Python and packages of the runs, which stand in files beside their models. */
export function usePackages({ runs, tags }: Comparison): Packages {
  const [asked, setAsked] = useState(false)
  const enabled = asked || runs.length <= mostUnasked
  const history = tags.find(({ key }) => key === modelHistoryTag)
  const { environments, reading } = useQueries({
    queries: runs.map(({ id, models }, at) => ({
      ...environmentQuery({ id, made: models, history: history?.texts[history.at[at] ?? -1] ?? '' }),
      enabled,
    })),
    combine: results => ({
      environments: results.map(({ data }) => data ?? null),
      reading: enabled && results.some(({ isPending }) => isPending),
    }),
  })
  // A table whose rows come one by one would move under the pointer.
  const rows = useMemo(() => (reading ? [] : packageRows(environments)), [reading, environments])
  return { rows, reading, read: enabled ? null : () => setAsked(true) }
}
