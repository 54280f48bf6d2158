import { useEffect, useEffectEvent } from 'react'

import type { ChartSync } from '#charts/draw/chart-sync.ts'

import type { Sight } from './use-charted-runs.ts'
import { shownRow, type ShownRuns } from './use-run-pages.ts'

/** Marks the row of the run whose line is under the pointer, past React, since that changes with the pointer. */
export function useLinkedRow(scroller: HTMLElement | null, sync: ChartSync, shown: ShownRuns, sight: Sight): void {
  const mark = useEffectEvent((run: string | null) => {
    scroller?.querySelector('[data-linked]')?.removeAttribute('data-linked')
    if (run === null) return
    for (let index = sight.firstRow; index <= sight.lastRow; index += 1) {
      if (shownRow(shown, index)?.run.id !== run) continue
      scroller?.querySelector(`[aria-rowindex="${index + 2}"]`)?.setAttribute('data-linked', '')
      return
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
