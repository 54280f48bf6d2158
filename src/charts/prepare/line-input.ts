import type { SeriesWindow } from '#contract/series-window.ts'
import type { NumberFormat } from '#lib/format.ts'

/** What the horizontal axis counts: steps, seconds since the epoch, seconds since the first point of each line, or the values of another metric. */
export type XKind = 'step' | 'time' | 'relative' | 'metric'

/** A sign on a line each 40 px, so that lines of one hue can be told apart. */
export type MarkerShape = 'none' | 'circle' | 'square' | 'triangle' | 'diamond'

/** A range around a line, as columns of equal length; `x` in the units of the axis. Where low or high is not finite the band has a gap. */
export interface BandInput {
  x: Float64Array
  low: Float64Array
  high: Float64Array
}

/** One line of a chart: a run, a group of runs, or anything else that has a series. */
export interface LineInput {
  id: string
  /** As it is read in labels, legend and tooltip. */
  label: string
  /** CSS colour, mostly `var(--series-n)`; the drawing side resolves it. */
  color: string
  dash: 'solid' | 'dashed'
  marker: MarkerShape
  /** Drawn in grey behind all others. */
  context: boolean
  /** Drawn stronger and above all others. */
  emphasis: boolean
  window: SeriesWindow
  /** The line as logged behind a smoothed one. */
  behind?: SeriesWindow
  band?: BandInput
  /** Params of the run, for the tooltip. */
  params?: readonly (readonly [key: string, value: string])[]
}

export interface ChartOptions {
  /** Key of the metric, as logged. */
  title: string
  x: XKind
  /** Key of the metric on the horizontal axis, where it is one. */
  xKey?: string
  xLog: boolean
  yLog: boolean
  /** Leave outliers out of the vertical range. */
  clipOutliers: boolean
  /** Size of the whole drawing in px, margins included. */
  width: number
  height: number
  /** Window of the horizontal axis, in its units; all points where it is not given. */
  xRange?: readonly [from: number, to: number]
  /** Names at the ends of up to six lines and a legend from seven on; `none` where the page around the chart names the lines. */
  labels: 'auto' | 'none'
  /** How values are written in tooltip, head and table. */
  format?: NumberFormat
  /** Runs of the set that the lines were taken from, where not all are drawn. */
  ofRuns?: number
  /** Said in the head: `smoothed`, `mean ± std, n 4`. */
  notes?: readonly string[]
}
