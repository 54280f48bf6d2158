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

/** The point of a line that is nearest to `at` on the horizontal axis; null for a line that has none, or that begins or ends further than `slack` from there. */
export function nearestPoint(readings: LineReadings, at: number, slack = Infinity): PointReading | null {
  const index = nearestIndex(readings, at)
  const x = readings.x[index]
  if (x === undefined) return null
  const first = readings.x[0] ?? x
  const last = readings.x[readings.x.length - 1] ?? x
  const beyond = readings.sorted ? Math.max(first - at, at - last) : Math.abs(x - at)
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
export function tooltipRows(model: ChartModel, at: number, sort: TooltipSort = 'value'): TooltipRow[] {
  const slack = cursorSlack(model)
  const rows = model.lines.flatMap(line => {
    const reading = nearestPoint(line.readings, at, slack)
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

/** The place `count` points further along the line with the most points (back for a negative count), from `at`; its end for a cursor that is nowhere. */
export function stepCursor({ lines, xAxis: { scale } }: ChartModel, at: number | null, count: number): number | null {
  const longest = lines.reduce<LineModel | undefined>((a, b) => (a && a.readings.x.length >= b.readings.x.length ? a : b), undefined)
  if (!longest || longest.readings.x.length === 0) return null
  const { x } = longest.readings
  if (at === null) return count > 0 ? Math.max(scale.min, x[0] ?? scale.min) : Math.min(scale.max, x[x.length - 1] ?? scale.max)
  let index = nearestIndex(longest.readings, at)
  const direction = Math.sign(count)
  for (let left = Math.abs(count); left > 0; left--) {
    // Points at one place are one stop.
    let next = index + direction
    while (next >= 0 && next < x.length && x[next] === x[index]) next += direction
    if (next < 0 || next >= x.length) break
    index = next
  }
  return Math.max(scale.min, Math.min(scale.max, x[index] ?? at))
}
