import { useEffect, useEffectEvent } from 'react'

import type { ChartSync } from '#charts/draw/chart-sync.ts'

import type { Sight } from './use-charted-runs.ts'
import { shownRow, type ShownRuns } from './use-run-pages.ts'

/**
 * Marks the rows of the runs whose line is under the pointer, past React, since that changes with the pointer; `lineOf` names the line of
 * a run.
 */
export function useLinkedRow(
  scroller: HTMLElement | null,
  { sync, lineOf }: { sync: ChartSync; lineOf: (run: string) => string | null },
  shown: ShownRuns,
  sight: Sight,
): void {
  const mark = useEffectEvent((line: string | null) => {
    for (const row of scroller?.querySelectorAll('[data-linked]') ?? []) row.removeAttribute('data-linked')
    if (line === null) return
    for (let index = sight.firstRow; index <= sight.lastRow; index += 1) {
      const row = shownRow(shown, index)
      if (row && lineOf(row.run.id) === line) scroller?.querySelector(`[aria-rowindex="${index + 2}"]`)?.setAttribute('data-linked', '')
    }
  })
  useEffect(
    () =>
      sync.subscribe((state, before) => {
        if (state.hovered !== before.hovered) mark(state.hovered)
      }),
    [sync],
  )
}
