import type { Series } from '#contract/series-frame.ts'
import type { Seam, SeriesWindow } from '#contract/series-window.ts'
import { formatPlural, formatStep } from '#lib/format.ts'

import { toFraction, type AxisScale } from './axis-scale.ts'
import type { ChartModel, LineReadings, SeamMark } from './chart-model.ts'
import { xColumn } from './line-columns.ts'
import type { LineInput, XKind } from './line-input.ts'
import { cursorSlack, nearestPoint } from './nearest-point.ts'
import { projectLine } from './project-line.ts'

/** Seams of a line that are told one by one. */
const toldSeams = 3
/** Seams at the cursor that are told. */
const toldAtCursor = 3

const resumedAt = (step: number): string => `resumed at step ${formatStep(step)}`

/** What was superseded of a line, which stands behind it: of a smoothed one, what was logged. */
export function supersededColumns({ window, behind }: LineInput, kind: XKind): { x: Float64Array; y: Float64Array }[] {
  const { seams = [], firstTime } = behind ?? window
  return seams.map(({ drawn }) => ({ x: xColumn({ drawn, firstTime }, kind), y: drawn.values }))
}

/** The same as places in the plot. */
export function projectSuperseded(line: LineInput, kind: XKind, xScale: AxisScale, yScale: AxisScale): Float64Array[] {
  return supersededColumns(line, kind)
    .map(({ x, y }) => projectLine(x, y, xScale, yScale).points)
    .filter(points => points.length > 0)
}

function placeOf({ step, time }: Seam, kind: XKind, firstTime: number): number {
  if (kind === 'step') return step
  return kind === 'time' ? time : time - firstTime
}

/** A mark on the line at each place in the plot where the run was resumed. */
export function seamMarks(
  { seams = [], firstTime }: SeriesWindow,
  readings: LineReadings,
  kind: XKind,
  xScale: AxisScale,
  yScale: AxisScale,
): SeamMark[] {
  return seams.flatMap(seam => {
    const x = placeOf(seam, kind, firstTime)
    const at = toFraction(xScale, x)
    const up = toFraction(yScale, nearestPoint(readings, x)?.value ?? Number.NaN)
    return at >= 0 && at <= 1 && up >= 0 && up <= 1 ? [{ x, at: [at, up] as const, text: resumedAt(seam.step) }] : []
  })
}

/** What the cursor finds of seams: `resumed at step 800`, with the name of the line where there are several. */
export function seamsAtCursor(model: ChartModel, x: number): string[] {
  const slack = cursorSlack(model)
  const found = model.lines.flatMap(({ label, seams }) =>
    seams.filter(seam => Math.abs(seam.x - x) <= slack).map(({ text }) => (model.lines.length > 1 ? `${label} ${text}` : text)),
  )
  return found.slice(0, toldAtCursor)
}

/** `resumed at step 800`, `resumed at steps 800, 1,200`, `resumed 9 times`; empty for a run that was not. */
export function seamWords({ seams = [] }: SeriesWindow): string {
  const [first] = seams
  if (!first) return ''
  if (seams.length === 1) return resumedAt(first.step)
  if (seams.length > toldSeams) return `resumed ${formatPlural(seams.length, 'time')}`
  return `resumed at steps ${seams.map(({ step }) => formatStep(step)).join(', ')}`
}

/** The same of all lines, for the head; several metrics of one run tell of the same restarts. */
export function seamsText(windows: readonly SeriesWindow[]): string {
  const most = new Map<string, SeriesWindow>()
  for (const window of windows) {
    const before = most.get(window.run)?.seams?.length ?? 0
    if (window.seams && window.seams.length > before) most.set(window.run, window)
  }
  const [first] = most.values()
  const count = [...most.values()].reduce((sum, { seams = [] }) => sum + seams.length, 0)
  if (!first || count === 0) return ''
  return count === 1 ? seamWords(first) : `resumed ${formatPlural(count, 'time')}`
}

/** Points that are drawn of a window, those that were superseded among them. */
export function countDrawn({ drawn, seams = [] }: SeriesWindow): number {
  return seams.reduce((sum, seam) => sum + seam.drawn.values.length, drawn.values.length)
}

const joined = new WeakMap<SeriesWindow, Series>()

/** The same points in the order (step, time). */
export function everyPoint(window: SeriesWindow): Series {
  if (!window.seams) return window.drawn
  const known = joined.get(window)
  if (known) return known
  const parts = [window.drawn, ...window.seams.map(seam => seam.drawn)]
  const points = parts
    .flatMap(({ steps, times, values }) =>
      Array.from(values, (value, at) => ({ step: steps[at] ?? 0, time: times[at] ?? Number.NaN, value })),
    )
    .sort((a, b) => (a.step < b.step ? -1 : a.step > b.step ? 1 : a.time - b.time))
  const isWide = parts.some(({ steps }) => steps instanceof BigInt64Array)
  const every = {
    steps: isWide ? BigInt64Array.from(points, ({ step }) => BigInt(step)) : Uint32Array.from(points, ({ step }) => Number(step)),
    times: Float64Array.from(points, ({ time }) => time),
    values: Float64Array.from(points, ({ value }) => value),
  }
  joined.set(window, every)
  return every
}
