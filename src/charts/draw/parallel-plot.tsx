import { useRef, useState, type PointerEvent } from 'react'

import { toFraction } from '#charts/prepare/axis-scale.ts'
import { brushOf, type Brush } from '#charts/prepare/brush.ts'
import type { RelationAxis } from '#charts/prepare/relation-axis.ts'

import styles from './relations.module.css'

/** Room above and below the axes, in px. */
const margin = { top: 10, bottom: 26 }
/** Px beside an axis in which a drag brushes it. */
const grip = 14
/** A shorter drag is a press, which takes the brush away. */
const shortest = 3

export interface PlotRun {
  name: string
  color: string
  /** It is in all that is brushed. */
  picked: boolean
}

interface ParallelPlotProps {
  axes: readonly RelationAxis[]
  runs: readonly PlotRun[]
  brushes: readonly Brush[]
  width: number
  height: number
  /** Place of the run that is pointed at. */
  hovered: number | null
  onHover: (run: number | null) => void
  onBrush: (key: string, brush: Brush | null) => void
  /** What it shows, for who does not see it. */
  summary: string
}

/** A line of each run through all axes; what is not picked is faint. An axis is brushed by a drag along it. */
export function ParallelPlot({ axes, runs, brushes, width, height, hovered, onHover, onBrush, summary }: ParallelPlotProps) {
  const svg = useRef<SVGSVGElement>(null)
  const [drag, setDrag] = useState<{ axis: number; from: number; to: number } | null>(null)
  const length = height - margin.top - margin.bottom
  const xOf = (axis: number) => ((axis + 0.5) * width) / axes.length
  const yOf = (place: number | null) => (place === null ? height - 8 : margin.top + (1 - place) * length)
  const fractionOf = (event: PointerEvent) => 1 - (event.clientY - (svg.current?.getBoundingClientRect().top ?? 0) - margin.top) / length
  const pathOf = (run: number) =>
    axes.map(({ places }, at) => `${at === 0 ? 'M' : 'L'}${xOf(at).toFixed(1)} ${yOf(places[run] ?? null).toFixed(1)}`).join('')

  function onPointerUp(): void {
    if (!drag) return
    setDrag(null)
    const axis = axes[drag.axis]
    if (!axis) return
    onBrush(axis.key, Math.abs(drag.to - drag.from) * length < shortest ? null : brushOf(axis, drag.from, drag.to))
  }

  // What is picked lies over what is not, and the one that is pointed at over all.
  const order = [...runs.keys()].sort((a, b) => rank(a) - rank(b))
  function rank(run: number): number {
    return run === hovered ? 2 : runs[run]?.picked ? 1 : 0
  }
  return (
    <svg
      ref={svg}
      className={styles['plot']}
      width={width}
      height={height}
      role="img"
      aria-label={summary}
      onPointerLeave={() => onHover(null)}
    >
      {order.map(run => (
        <path
          key={run}
          d={pathOf(run)}
          className={styles['line']}
          data-picked={runs[run]?.picked || undefined}
          data-hovered={run === hovered || undefined}
          style={{ stroke: runs[run]?.picked || run === hovered ? runs[run]?.color : undefined }}
          onPointerEnter={() => onHover(run)}
        />
      ))}
      {axes.map((axis, at) => {
        const brush = brushes.find(({ key }) => key === axis.key)
        const stretches = drag?.axis === at ? [[drag.from, drag.to] as const] : brush ? stretchesOf(axis, brush) : []
        return (
          <g key={axis.key} transform={`translate(${xOf(at)} 0)`}>
            <line className={styles['axis']} y1={margin.top} y2={margin.top + length} />
            {axis.ticks.map(({ at: place, text }) => (
              <text key={text} className={styles['tick']} x={6} y={yOf(place)} dy="0.32em">
                {text.length > 18 ? `${text.slice(0, 17)}…` : text}
              </text>
            ))}
            {axis.lacking > 0 && (
              <text className={styles['tick']} x={6} y={height - 8} dy="0.32em">
                none
              </text>
            )}
            {stretches.map(([from, to], index) => (
              <rect
                key={index}
                className={styles['brush']}
                x={-6}
                width={12}
                y={yOf(Math.min(1, Math.max(from, to)))}
                height={Math.max(2, Math.abs(Math.min(1, Math.max(0, to)) - Math.min(1, Math.max(0, from))) * length)}
              />
            ))}
            <rect
              className={styles['grip']}
              x={-grip}
              width={2 * grip}
              y={margin.top}
              height={length}
              onPointerDown={event => {
                if (event.button !== 0) return
                event.currentTarget.setPointerCapture(event.pointerId)
                setDrag({ axis: at, from: fractionOf(event), to: fractionOf(event) })
              }}
              onPointerMove={event => drag?.axis === at && setDrag({ ...drag, to: fractionOf(event) })}
              onPointerUp={onPointerUp}
              onPointerCancel={() => setDrag(null)}
            />
          </g>
        )
      })}
    </svg>
  )
}

/** Stretches of an axis that a brush covers, as fractions. */
function stretchesOf(axis: RelationAxis, brush: Brush): (readonly [from: number, to: number])[] {
  if (axis.kind === 'number') {
    if (brush.kind !== 'range') return []
    const from = toFraction(axis.scale, brush.from)
    const to = toFraction(axis.scale, brush.to)
    return [[Number.isNaN(from) ? 0 : from, Number.isNaN(to) ? 1 : to]]
  }
  if (brush.kind !== 'of') return []
  const { length } = axis.categories
  return axis.categories.flatMap((text, at) => (brush.texts.includes(text) ? [[at / length, (at + 1) / length] as const] : []))
}
