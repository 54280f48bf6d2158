import type { NumberFormat } from '#lib/format.ts'

import type { AxisScale } from './axis-scale.ts'
import type { ChartOptions, LineInput, MarkerShape } from './line-input.ts'
import type { ValueRow } from './value-rows.ts'

/*
 * Everything that a chart shows, decided. Places are fractions of the plot: x from 0 (left) to 1 (right), y from 0 (bottom) to 1 (top), so
 * that the drawing side multiplies and nothing else, and a chart keeps its model while it is being resized.
 */

export interface Tick {
  /** Fraction of the axis. */
  at: number
  text: string
  /** Where the text stands to its place; the first and last of a horizontal axis stay inside the plot. */
  align: 'start' | 'center' | 'end'
}

export interface ChartAxis {
  scale: AxisScale
  ticks: Tick[]
}

/** What was logged at the places of a line, for cursor and table: columns of equal length, values that are not finite among them. */
export interface LineReadings {
  x: Float64Array
  y: Float64Array
  /** As logged. */
  steps: ArrayLike<number | bigint>
  /** Seconds since the epoch. */
  times: Float64Array
  /** `x` never falls, so that a place is found by halving. */
  sorted: boolean
}

/** Where a run was resumed. */
export interface SeamMark {
  /** In the units of the axis. */
  x: number
  /** Place in the plot. */
  at: readonly [x: number, y: number]
  /** `resumed at step 800`. */
  text: string
}

export interface LineModel {
  id: string
  label: string
  /** The line's own colour, also where `context` draws it in grey. */
  color: string
  context: boolean
  emphasis: boolean
  dashed: boolean
  marker: MarkerShape
  /** Interleaved x, y; a pair of NaN is a gap. */
  points: Float64Array
  /** The line as logged behind a smoothed one, in the same form. */
  behind: Float64Array | undefined
  /** What restarts superseded, each in the same form. */
  superseded: Float64Array[]
  seams: SeamMark[]
  /** Interleaved places of the markers. */
  markers: Float64Array
  /** Interleaved places that no line reaches, since they have no neighbour: drawn as dots. */
  dots: Float64Array
  readings: LineReadings
  params: LineInput['params']
}

export interface BandModel {
  id: string
  color: string
  context: boolean
  /** Closed outlines, interleaved x, y: one for each stretch without a gap. */
  polygons: Float64Array[]
}

/** A range of x where values are not finite. */
export interface NonFiniteColumn {
  from: number
  to: number
  /** `NaN`, `+∞`, `−∞` or several of them. */
  word: string
  /** Where the word stands: right of the column, left of it or in it where there is no room; null where there is none at all. */
  wordAt: 'right' | 'left' | 'inside' | null
  /** Places of the triangles: on the axis for NaN and −∞, at the top edge for +∞. */
  triangles: { at: number; edge: 'top' | 'bottom'; points: 'up' | 'down' }[]
}

export interface DirectLabel {
  id: string
  text: string
  color: string
  /** Where the line ends, and where the label stands after labels were pushed apart. */
  end: number
  at: number
}

export interface ChartModel {
  options: ChartOptions
  title: string
  /** How values are written in head, tooltip and table. */
  format: NumberFormat
  /** How values of a metric on the horizontal axis are written. */
  xFormat: NumberFormat
  /** Stands below the horizontal axis where it is another metric, cut to the room there. */
  xName: string | null
  xAxis: ChartAxis
  yAxis: ChartAxis
  /** Px around the plot. */
  margins: { top: number; right: number; bottom: number; left: number }
  /** In the order of drawing: context first, emphasis last. */
  lines: LineModel[]
  bands: BandModel[]
  /** What stands in place of the plot where every line has one value. */
  rows: ValueRow[] | null
  nonFinite: NonFiniteColumn[]
  directLabels: DirectLabel[]
  /** The lines are named above the plot. */
  legend: boolean
  /** Parts of the line of meta in the head. */
  meta: string[]
  /** What the chart shows, in words, for those who do not see it. */
  summary: string
  /** Why there is nothing to see, where that is so. */
  empty: string | null
}
