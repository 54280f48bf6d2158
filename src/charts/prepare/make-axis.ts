import { axisNumbers, logNumbers } from './axis-numbers.ts'
import { toFraction, type AxisScale } from './axis-scale.ts'
import type { ChartAxis, Tick } from './chart-model.ts'
import type { XKind } from './line-input.ts'
import { linearTicks } from './linear-ticks.ts'
import { logTicks } from './log-ticks.ts'
import { textWidth } from './text-width.ts'
import { relativeTicks, timeTicks } from './time-ticks.ts'
import { logDiffers, widen, widenLog } from './value-range.ts'

/** Counts are written in full up to this size on a horizontal axis. */
const plainSteps = 1e12
/** Room between two labels of a horizontal axis, in px. */
const labelGap = 28
/** Least distance of two labels of a vertical axis, in px. */
const rowHeight = 24

function ticks(scale: AxisScale, values: readonly number[], texts: readonly string[]): Tick[] {
  const all = values.map((value, index): Tick => ({ at: toFraction(scale, value), text: texts[index] ?? '', align: 'center' }))
  // Among the least numbers of all, a multiple of a step may miss its place.
  return all.filter(({ at }, index) => at > -1e-3 && at < 1 + 1e-3 && (index === 0 || at > (all[index - 1]?.at ?? 0)))
}

/** Vertical axis over a range of values; `clipped` keeps the ends where they are asked for instead of going on to the next tick. */
export function yAxis(min: number, max: number, log: boolean, height: number): ChartAxis {
  const most = Math.max(2, Math.min(6, Math.floor(height / rowHeight) + 1))
  if (log) {
    const [low, high] = widenLog(min, max)
    const scale: AxisScale = { min: low, max: high, log: true }
    const { values } = logTicks(low, high, most)
    return { scale, ticks: ticks(scale, values, logNumbers(values)) }
  }
  const [low, high] = widen(min, max)
  const { values } = linearTicks(low, high, most)
  const scale: AxisScale = { min: Math.min(low, values[0] ?? low), max: Math.max(high, values.at(-1) ?? high), log: false }
  return { scale, ticks: ticks(scale, values, axisNumbers(values)) }
}

interface Labelled {
  values: number[]
  texts: string[]
}

function labelled(kind: XKind, { min, max, log }: AxisScale, most: number): Labelled {
  if (log) {
    const { values } = logTicks(min, max, most)
    return { values, texts: logNumbers(values) }
  }
  if (kind === 'time' || kind === 'relative') {
    const found = kind === 'time' ? timeTicks(min, max, most) : relativeTicks(min, max, most)
    if (found) return { values: found.map(tick => tick.value), texts: found.map(tick => tick.text) }
  }
  const { values } = linearTicks(min, max, most, { inside: true, whole: kind === 'step' && max - min >= 2 })
  return { values, texts: kind === 'metric' ? axisNumbers(values) : axisNumbers(values, plainSteps) }
}

/** The first and last label stay inside the plot. */
function keptInside(all: Tick[], width: number): Tick[] {
  return all.map(tick => {
    const half = textWidth(tick.text) / 2
    if (tick.at * width < half) return { ...tick, align: 'start' }
    return (1 - tick.at) * width < half ? { ...tick, align: 'end' } : tick
  })
}

function fits(all: readonly Tick[], width: number): boolean {
  const edges = all.map(({ at, text, align }) => {
    const size = textWidth(text)
    const left = at * width - (align === 'center' ? size / 2 : align === 'end' ? size : 0)
    return { left, right: left + size }
  })
  return edges.every((edge, index) => index === 0 || edge.left - (edges[index - 1]?.right ?? 0) >= labelGap / 2)
}

/** Horizontal axis of `width` px from `min` to `max`, which stay its ends. Four to six labels where their texts leave room for as many. */
export function xAxis(kind: XKind, min: number, max: number, log: boolean, width: number): ChartAxis {
  const [low, high] = log
    ? logDiffers(min, max)
      ? [min, max]
      : widenLog(min, max)
    : widen(min, max, kind === 'step' || kind === 'metric' ? 0 : 2)
  const scale: AxisScale = { min: low, max: high, log }
  // One step has no neighbours to be named.
  if (kind === 'step' && min === max) return { scale, ticks: keptInside(ticks(scale, [min], axisNumbers([min], plainSteps)), width) }
  for (let most = 6; most >= 2; most--) {
    const { values, texts } = labelled(kind, scale, most)
    const all = keptInside(ticks(scale, values, texts), width)
    if (all.length <= most && fits(all, width)) return { scale, ticks: all }
  }
  const { values, texts } = labelled(kind, scale, 2)
  return { scale, ticks: keptInside(ticks(scale, values.slice(0, 1), texts), width) }
}
