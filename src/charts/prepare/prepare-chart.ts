import type { SeriesWindow } from '#contract/series-window.ts'
import { numberFormat, type NumberFormat } from '#lib/format.ts'

import { chartMargins, hasLegend, labelTexts, marginAbove, marginBelow, placeLabels } from './chart-layout.ts'
import { chartMeta } from './chart-meta.ts'
import type { ChartModel, LineModel } from './chart-model.ts'
import { chartSummary } from './chart-summary.ts'
import { hiddenGaps, readingsOf } from './line-columns.ts'
import type { ChartOptions, LineInput } from './line-input.ts'
import { xAxis, yAxis } from './make-axis.ts'
import { nonFiniteColumns, spanEnds } from './non-finite.ts'
import { projectBand } from './project-band.ts'
import { markersAlong, projectLine } from './project-line.ts'
import { projectSuperseded, seamMarks, supersededColumns } from './seams.ts'
import { cutText } from './text-width.ts'
import { clippedRange, countOutside, extent } from './value-range.ts'
import { valueRows } from './value-rows.ts'

/** Distance of two markers on a line, in px. */
const markerDistance = 40
const leastPlot = 20

interface Column {
  x: ArrayLike<number>
  y: ArrayLike<number>
}

function usable(range: ChartOptions['xRange'], log: boolean): readonly [number, number] | undefined {
  if (!range) return undefined
  const [from, to] = range
  return Number.isFinite(from) && Number.isFinite(to) && from < to && (!log || from > 0) ? range : undefined
}

/** Values whose place is in the window; the column itself where all are. */
function within({ x, y }: Column, range: readonly [number, number] | undefined): ArrayLike<number> {
  if (!range) return y
  const [from, to] = range
  const values: number[] = []
  for (let index = 0; index < x.length; index++) {
    const at = x[index] ?? Number.NaN
    if (at >= from && at <= to) values.push(y[index] ?? Number.NaN)
  }
  return values
}

function placesOfSpans({ nonFinite, firstTime }: SeriesWindow, kind: ChartOptions['x']): number[] {
  return nonFinite.flatMap(span => spanEnds(span, kind, firstTime))
}

function formatOf(columns: readonly ArrayLike<number>[]): NumberFormat {
  const range = extent(columns, false)
  if (!range) return numberFormat(undefined)
  let integers = true
  for (const column of columns) {
    for (let index = 0; integers && index < column.length; index++) {
      const value = column[index] ?? 0
      if (Number.isFinite(value)) integers = Number.isInteger(value)
    }
  }
  return numberFormat({ min: range.min, max: range.max, integers })
}

function emptyText(
  lines: readonly LineInput[],
  { xKey }: ChartOptions,
  columns: readonly ArrayLike<number>[],
  anyShown: boolean,
): string | null {
  if (anyShown) return null
  if (lines.length === 0) return 'Nothing to draw.'
  if (columns.every(column => column.length === 0)) {
    const isUnplaced = lines.every(({ window }) => window.unplaced === window.total)
    return isUnplaced && xKey !== undefined ? `No point has a value of ${xKey}.` : 'No points in this range.'
  }
  return extent(columns, false) ? 'No value above 0, which a log axis needs.' : 'No finite value.'
}

function insideOnly(places: Float64Array): Float64Array {
  const inside: number[] = []
  for (let at = 0; at < places.length; at += 2) {
    const [x = 0, y = 0] = places.subarray(at, at + 2)
    if (x >= 0 && x <= 1 && y >= 0 && y <= 1) inside.push(x, y)
  }
  return Float64Array.from(inside)
}

function rank({ context, emphasis }: LineInput): number {
  return context ? 0 : emphasis ? 2 : 1
}

/** Decides everything that a line chart shows. Any lines give a chart: without points, without finite values, over the whole range of float64. */
export function prepareChart(lines: readonly LineInput[], options: ChartOptions): ChartModel {
  const { x: kind, xLog, yLog } = options
  const range = usable(options.xRange, xLog)
  const read = lines.map(line => readingsOf(line.window, kind))
  const behind = lines.map(line => (line.behind ? readingsOf(line.behind, kind) : undefined))
  const drawn: Column[] = [...read, ...behind.filter(column => column !== undefined)]
  for (const line of lines) drawn.push(...supersededColumns(line, kind))
  for (const { band } of lines) if (band) drawn.push({ x: band.x, y: band.low }, { x: band.x, y: band.high })
  const columns = drawn.map(column => within(column, range))

  const whole = extent(columns, yLog)
  const clipped = options.clipOutliers ? clippedRange(columns, yLog) : undefined
  const { min, max } = clipped ?? whole ?? (yLog ? { min: 1, max: 10 } : { min: 0, max: 1 })
  const texts = labelTexts(lines, options)
  const plotHeight = Math.max(leastPlot, options.height - marginAbove - marginBelow(options))
  const y = yAxis(min, max, yLog, plotHeight)
  if (!whole) y.ticks = []
  const margins = chartMargins(y, texts, options)
  const plotWidth = Math.max(leastPlot, options.width - margins.left - margins.right)
  const places = extent(range ? [range] : [...drawn.map(column => column.x), ...lines.map(line => placesOfSpans(line.window, kind))], xLog)
  // Values of a metric have outliers of their own: the loss of a run that diverged.
  const xColumns = drawn.map(column => column.x)
  const xClipped = kind === 'metric' && options.clipOutliers && !range ? clippedRange(xColumns, xLog) : undefined
  const x = xAxis(kind, xClipped?.min ?? places?.min ?? (xLog ? 1 : 0), xClipped?.max ?? places?.max ?? (xLog ? 10 : 1), xLog, plotWidth)
  if (!places) x.ticks = []

  let hidden = 0
  const made = lines.map((line, index): LineModel => {
    const readings = read[index] ?? readingsOf(line.window, kind)
    const raw = behind[index]
    const projected = projectLine(readings.x, readings.y, x.scale, y.scale, hiddenGaps(line.window))
    hidden += projected.hidden
    return {
      id: line.id,
      label: line.label,
      color: line.color,
      context: line.context,
      emphasis: line.emphasis,
      dashed: line.dash === 'dashed' && !line.context,
      marker: line.context ? 'none' : line.marker,
      points: projected.points,
      behind: raw && line.behind ? projectLine(raw.x, raw.y, x.scale, y.scale, hiddenGaps(line.behind)).points : undefined,
      superseded: projectSuperseded(line, kind, x.scale, y.scale),
      seams: line.context ? [] : seamMarks(line.window, readings, kind, x.scale, y.scale),
      markers:
        line.marker === 'none' || line.context ? new Float64Array() : markersAlong(projected.points, plotWidth, plotHeight, markerDistance),
      dots: insideOnly(projected.dots),
      readings,
      params: line.params,
    }
  })
  const format = options.format ?? formatOf(read.map(column => column.y))
  const xFormat = formatOf(read.map(column => column.x))
  const windows = lines.map(line => line.window)
  const order = lines.map((_, index) => index).sort((a, b) => rank(lines[a] as LineInput) - rank(lines[b] as LineInput) || a - b)
  return {
    options,
    title: options.title,
    format,
    xFormat,
    xName: kind === 'metric' ? cutText(options.xKey ?? '', plotWidth) : null,
    xAxis: x,
    yAxis: y,
    margins,
    lines: order.flatMap(index => made[index] ?? []),
    bands: order.flatMap(index => {
      const line = lines[index]
      if (!line?.band) return []
      return [{ id: line.id, color: line.color, context: line.context, polygons: projectBand(line.band, x.scale, y.scale) }]
    }),
    rows: valueRows(lines, yLog, format),
    nonFinite: nonFiniteColumns(windows, kind, x.scale, plotWidth),
    directLabels: placeLabels(made, texts, plotHeight),
    legend: hasLegend(lines, options),
    meta: chartMeta(lines, {
      xLog,
      yLog,
      zoomed: range !== undefined,
      hidden,
      outside: clipped ? countOutside(columns, y.scale.min, y.scale.max, yLog) : undefined,
      outsideX: xClipped
        ? countOutside(
            read.map(column => column.x),
            x.scale.min,
            x.scale.max,
            xLog,
          )
        : undefined,
      ofRuns: options.ofRuns,
      xKey: options.xKey,
      notes: options.notes ?? [],
    }),
    summary: chartSummary(lines, options, x.scale, { values: format, x: xFormat }),
    empty: emptyText(lines, options, columns, whole !== undefined && places !== undefined),
  }
}
