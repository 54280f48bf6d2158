import { useMemo, useRef } from 'react'

import type { PlotRun } from '#charts/draw/parallel-plot.tsx'
import { scatterMargin, ScatterPlot } from '#charts/draw/scatter-plot.tsx'
import { useSize } from '#charts/draw/use-size.ts'
import { relationAxis, type RelationInput } from '#charts/prepare/relation-axis.ts'
import { formatPlural } from '#lib/format.ts'

import styles from './relations-tab.module.css'

interface ScatterPanelProps {
  across: RelationInput
  up: RelationInput
  log: ReadonlySet<string>
  runs: readonly PlotRun[]
  hovered: number | null
  onHover: (run: number | null) => void
}

/** One quantity against another, a dot a run. */
export function ScatterPanel({ across, up, log, runs, hovered, onHover }: ScatterPanelProps) {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const axes = useMemo(
    () =>
      size && {
        across: relationAxis(across, log.has(across.key), size.width - scatterMargin.left - scatterMargin.right, true),
        up: relationAxis(up, log.has(up.key), size.height - scatterMargin.top - scatterMargin.bottom),
      },
    [across, up, log, size],
  )
  const drawn = axes
    ? runs.filter((_, run) => (axes.across.places[run] ?? null) !== null && (axes.up.places[run] ?? null) !== null).length
    : 0
  return (
    <>
      <div ref={box} className={styles['scatter']}>
        {size && axes && (
          <ScatterPlot
            {...axes}
            runs={runs}
            width={size.width}
            height={size.height}
            hovered={hovered}
            onHover={onHover}
            summary={`${up.key} against ${across.key} of ${formatPlural(drawn, 'run')}.`}
          />
        )}
      </div>
      {axes && drawn < runs.length && (
        <p className={styles['note']}>
          {drawn} of {formatPlural(runs.length, 'run')} have both.
        </p>
      )}
    </>
  )
}
