import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'

import { allKeysQuery } from '#data/keys.ts'

/** Where metrics and params are chosen from: a project, or one run of it. */
export interface KeySource {
  project: string
  /** What the one run logged. */
  own?: { metrics: readonly string[]; params: readonly string[] }
}

export interface Keys {
  metrics: readonly string[]
  /** Those that are numbers. */
  params: readonly string[]
  /** All are known. */
  complete: boolean
}

/** All keys of a source, those of a project fetched. */
export function useKeys({ project, own }: KeySource): Keys {
  const enabled = own === undefined
  const metrics = useQuery({ ...allKeysQuery(project, 'metric'), enabled })
  const params = useQuery({ ...allKeysQuery(project, 'param'), enabled })
  return useMemo(
    () =>
      own
        ? { ...own, complete: true }
        : {
            metrics: metrics.data?.map(({ key }) => key) ?? [],
            params: params.data?.flatMap(({ key, numeric }) => (numeric ? [key] : [])) ?? [],
            complete: metrics.data !== undefined && params.data !== undefined,
          },
    [own, metrics.data, params.data],
  )
}

/** Keys with a text in them, case apart; those that begin with it first. */
export function keysWith(keys: readonly string[], text: string): readonly string[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return keys
  const found = keys.filter(key => key.toLowerCase().includes(wanted))
  return found.toSorted((a, b) => Number(!a.toLowerCase().startsWith(wanted)) - Number(!b.toLowerCase().startsWith(wanted)))
}
