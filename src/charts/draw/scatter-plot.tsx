import type { RelationAxis } from '#charts/prepare/relation-axis.ts'

import type { PlotRun } from './parallel-plot.tsx'

import styles from './relations.module.css'

/** Room around the plot, in px: labels of the axes stand in it. */
export const scatterMargin = { top: 12, right: 20, bottom: 34, left: 64 }

interface ScatterPlotProps {
  across: RelationAxis
  up: RelationAxis
  runs: readonly PlotRun[]
  width: number
  height: number
  hovered: number | null
  onHover: (run: number | null) => void
  summary: string
}

/** A dot of each run that has both quantities. */
export function ScatterPlot({ across, up, runs, width, height, hovered, onHover, summary }: ScatterPlotProps) {
  const right = width - scatterMargin.right
  const bottom = height - scatterMargin.bottom
  const xOf = (place: number) => scatterMargin.left + place * (right - scatterMargin.left)
  const yOf = (place: number) => bottom - place * (bottom - scatterMargin.top)
  return (
    <svg className={styles['plot']} width={width} height={height} role="img" aria-label={summary} onPointerLeave={() => onHover(null)}>
      {up.ticks.map(({ at, text }) => (
        <g key={text}>
          <line className={styles['gridLine']} x1={scatterMargin.left} x2={right} y1={yOf(at)} y2={yOf(at)} />
          <text className={styles['tick']} x={scatterMargin.left - 8} y={yOf(at)} dy="0.32em" textAnchor="end">
            {text.length > 9 ? `${text.slice(0, 8)}…` : text}
          </text>
        </g>
      ))}
      <line className={styles['axis']} x1={scatterMargin.left} x2={right} y1={bottom} y2={bottom} />
      {across.ticks.map(({ at, text }) => (
        <text key={text} className={styles['tick']} x={xOf(at)} y={bottom + 14} textAnchor="middle">
          {text.length > 14 ? `${text.slice(0, 13)}…` : text}
        </text>
      ))}
      <text className={styles['axisName']} x={right} y={height - 4} textAnchor="end">
        {across.key}
      </text>
      {runs.map(({ color, picked }, run) => {
        const x = across.places[run] ?? null
        const y = up.places[run] ?? null
        return x === null || y === null ? null : (
          <circle
            key={run}
            className={styles['dot']}
            data-picked={picked || undefined}
            cx={xOf(x)}
            cy={yOf(y)}
            r={run === hovered ? 6 : 4}
            style={{ fill: picked || run === hovered ? color : undefined }}
            onPointerEnter={() => onHover(run)}
          />
        )
      })}
    </svg>
  )
}
