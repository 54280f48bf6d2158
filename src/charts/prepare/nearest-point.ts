import { toFraction, type AxisScale } from './axis-scale.ts'
import type { ChartModel, LineModel, LineReadings } from './chart-model.ts'

/** Runs in the tooltip before `and n more`. */
export const tooltipRowLimit = 12

/** Beyond the ends of a line by more than this share of the axis, a cursor reads nothing from it. */
const reach = 0.01

export interface PointReading {
  index: number
  x: number
  /** As logged; may be NaN or infinite. */
  value: number
  step: number | bigint
}

function nearestIndex({ x, sorted }: LineReadings, at: number): number {
  if (!sorted) {
    let best = -1
    let distance = Infinity
    for (let index = 0; index < x.length; index++) {
      const here = Math.abs((x[index] ?? Number.NaN) - at)
      if (here < distance) [best, distance] = [index, here]
    }
    return best
  }
  let low = 0
  let high = x.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((x[middle] ?? 0) < at) low = middle + 1
    else high = middle
  }
  return low > 0 && at - (x[low - 1] ?? 0) <= (x[low] ?? 0) - at ? low - 1 : low
}

/** Of the points within `slack` of `at` the one that is nearest in steps: on an axis that is a metric, many may have one place. */
function nearestStep({ x, steps }: LineReadings, at: number, slack: number, step: number): number {
  let best = -1
  let least = Infinity
  for (let index = 0; index < x.length; index++) {
    if (!(Math.abs((x[index] ?? Number.NaN) - at) <= slack)) continue
    const distance = Math.abs(Number(steps[index]) - step)
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

/**
 * The point of a line that is nearest to `at` on the horizontal axis; null for a line that has none, or that begins or ends further than
 * `slack` from there. With a `step`, the nearest to that of those that are no further than `slack`.
 */
export function nearestPoint(readings: LineReadings, at: number, slack = Infinity, step: number | null = null): PointReading | null {
  const index = step === null ? nearestIndex(readings, at) : nearestStep(readings, at, slack, step)
  const x = readings.x[index]
  if (x === undefined) return null
  const first = readings.x[0] ?? x
  const last = readings.x[readings.x.length - 1] ?? x
  const beyond = readings.sorted && step === null ? Math.max(first - at, at - last) : Math.abs(x - at)
  if (beyond > slack) return null
  return { index, x, value: readings.y[index] ?? Number.NaN, step: readings.steps[index] ?? 0 }
}

export interface TooltipRow extends PointReading {
  line: LineModel
}

export type TooltipSort = 'value' | 'name'

/** How far from a line's ends the cursor still reads it, in the units of the axis. */
export function cursorSlack({ xAxis: { scale } }: ChartModel): number {
  return (scale.max / 2 - scale.min / 2) * 2 * reach
}

/** What each line of a chart has at the cursor, the greatest value first, values that are not numbers last. Equal ones by name. */
export function tooltipRows(model: ChartModel, at: number, sort: TooltipSort = 'value', step: number | null = null): TooltipRow[] {
  const slack = cursorSlack(model)
  const rows = model.lines.flatMap(line => {
    const reading = nearestPoint(line.readings, at, slack, step)
    return reading ? [{ line, ...reading }] : []
  })
  const byName = (a: TooltipRow, b: TooltipRow): number => a.line.label.localeCompare(b.line.label, 'en', { numeric: true })
  if (sort === 'name') return rows.sort(byName)
  return rows.sort((a, b) => {
    if (Number.isNaN(a.value) || Number.isNaN(b.value)) return Number(Number.isNaN(a.value)) - Number(Number.isNaN(b.value)) || byName(a, b)
    return a.value === b.value ? byName(a, b) : b.value > a.value ? 1 : -1
  })
}

/** The place of a point of any line that is nearest to `at`; null in a chart without points. */
export function snapX({ lines }: ChartModel, at: number): number | null {
  let best: number | null = null
  for (const { readings } of lines) {
    const point = nearestPoint(readings, at)
    if (point && (best === null || Math.abs(point.x - at) < Math.abs(best - at))) best = point.x
  }
  return best
}

/** Where a cursor stands: on an axis that is a metric the step tells which of the points at one place is meant, else it is null. */
export interface CursorPlace {
  x: number
  step: number | null
}

/** The place `count` points further along the line with the most points (back for a negative count), from `at`; its end for a cursor that is nowhere. */
export function stepCursor({ lines, xAxis: { scale }, options }: ChartModel, at: CursorPlace | null, count: number): CursorPlace | null {
  const longest = lines.reduce<LineModel | undefined>((a, b) => (a && a.readings.x.length >= b.readings.x.length ? a : b), undefined)
  if (!longest || longest.readings.x.length === 0) return null
  if (options.x === 'metric') return stepAlong(longest.readings, scale, at, count)
  const { x } = longest.readings
  const held = (place: number): CursorPlace => ({ x: Math.max(scale.min, Math.min(scale.max, place)), step: null })
  if (at === null) return count > 0 ? held(x[0] ?? scale.min) : held(x[x.length - 1] ?? scale.max)
  let index = nearestIndex(longest.readings, at.x)
  const direction = Math.sign(count)
  for (let left = Math.abs(count); left > 0; left--) {
    // Points at one place are one stop.
    let next = index + direction
    while (next >= 0 && next < x.length && x[next] === x[index]) next += direction
    if (next < 0 || next >= x.length) break
    index = next
  }
  return held(x[index] ?? at.x)
}

/** The same in the order of steps, where places rise and fall: each point in sight is a stop. */
function stepAlong({ x, steps }: LineReadings, { min, max }: AxisScale, at: CursorPlace | null, count: number): CursorPlace | null {
  const stops = Array.from(x.keys()).filter(index => (x[index] ?? Number.NaN) >= min && (x[index] ?? Number.NaN) <= max)
  const distance = (index: number) => Math.abs(Number(steps[index]) - (at?.step ?? 0))
  const here = stops.reduce((best, index, stop) => (distance(index) < distance(stops[best] ?? 0) ? stop : best), 0)
  const next = at === null ? (count > 0 ? 0 : stops.length - 1) : Math.max(0, Math.min(stops.length - 1, here + count))
  const index = stops[next]
  return index === undefined ? null : { x: x[index] ?? min, step: Number(steps[index]) }
}

export interface NearestInPlot extends CursorPlace {
  /** Id of the line that the point is of. */
  line: string
  /** How far the point is, in px. */
  distance: number
}

/** The point of any line that is drawn nearest to a place, in px from the lower left of a plot of `width` × `height` px; null where none is in sight. */
export function nearestInPlot(
  { lines, xAxis, yAxis }: ChartModel,
  px: number,
  py: number,
  width: number,
  height: number,
): NearestInPlot | null {
  let best: NearestInPlot | null = null
  for (const { id, readings } of lines) {
    for (let index = 0; index < readings.x.length; index++) {
      const x = toFraction(xAxis.scale, readings.x[index] ?? Number.NaN)
      const y = toFraction(yAxis.scale, readings.y[index] ?? Number.NaN)
      if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) continue
      const distance = Math.hypot(x * width - px, y * height - py)
      if (best && distance >= best.distance) continue
      best = { x: readings.x[index] ?? 0, step: Number(readings.steps[index]), line: id, distance }
    }
  }
  return best
}
