import type { ChartAxis, ChartModel, DirectLabel, LineModel } from './chart-model.ts'
import { labelDistance, pushApart } from './direct-labels.ts'
import type { ChartOptions, LineInput } from './line-input.ts'
import { shortLabels } from './short-labels.ts'
import { textWidth } from './text-width.ts'

/** Lines that are named at their ends; more have a legend. */
const mostDirect = 6
/** Px between the edge of the drawing and what stands next to it. */
const edge = 12
const labelSpace = 8
/** Px above the plot. */
export const marginAbove = 10
/** Px of the dash before a direct label, with the gap after it. */
export const labelDash = 12
/** A chart narrower than this has no room for names at its right. */
const leastForLabels = 320

function named(lines: readonly LineInput[], options: ChartOptions): readonly LineInput[] {
  return options.labels === 'none' || lines.length < 2 ? [] : lines.filter(line => !line.context)
}

/** Whether the lines of a chart are named in a legend above its plot. */
export function hasLegend(lines: readonly LineInput[], options: ChartOptions): boolean {
  const { length } = named(lines, options)
  return length > mostDirect || (length > 0 && options.width < leastForLabels)
}

/** Names at the right edge, cut to what the chart has room for; empty where a legend or nothing names the lines. */
export function labelTexts(lines: readonly LineInput[], options: ChartOptions): Map<string, string> {
  const shown = hasLegend(lines, options) ? [] : named(lines, options)
  const texts = shortLabels(
    shown.map(line => line.label),
    Math.min(140, options.width * 0.25),
  )
  return new Map(shown.map((line, index) => [line.id, texts[index] ?? '']))
}

/** Px below the plot: the labels of the axis, and its name where it has one. */
export function marginBelow({ x }: ChartOptions): number {
  return x === 'metric' ? 42 : 26
}

export function chartMargins(y: ChartAxis | undefined, texts: Map<string, string>, options: ChartOptions): ChartModel['margins'] {
  const widest = Math.max(0, ...(y?.ticks ?? []).map(tick => textWidth(tick.text)))
  const label = Math.max(0, ...[...texts.values()].map(textWidth))
  return {
    top: marginAbove,
    right: label > 0 ? labelSpace + labelDash + label + labelSpace : edge + 4,
    bottom: marginBelow(options),
    left: edge + widest + (widest > 0 ? labelSpace : 0),
  }
}

/** Height of the last point in sight, as a fraction; undefined for a line without one. */
function endOf({ points }: LineModel): number | undefined {
  for (let at = points.length - 2; at >= 0; at -= 2) {
    const [x = Number.NaN, y = Number.NaN] = points.subarray(at, at + 2)
    if (x >= 0 && x <= 1 && !Number.isNaN(y)) return Math.max(0, Math.min(1, y))
  }
  return undefined
}

/** Labels at the ends of lines, apart from each other, in a plot of `height` px. */
export function placeLabels(lines: readonly LineModel[], texts: Map<string, string>, height: number): DirectLabel[] {
  const ending = lines.flatMap(line => {
    const end = endOf(line)
    const text = texts.get(line.id)
    return end === undefined || text === undefined ? [] : [{ id: line.id, text, color: line.color, end }]
  })
  const places = pushApart(
    ending.map(({ end }) => (1 - end) * height),
    0,
    Math.max(height, 0),
    Math.min(labelDistance, height / Math.max(1, ending.length - 1)),
  )
  return ending.map((label, index) => ({ ...label, at: 1 - (places[index] ?? 0) / height }))
}
