import type { Series } from './series-frame.ts'

/** A stretch of a series that holds values that are not finite, both ends included. */
export interface NonFiniteSpan {
  fromStep: number
  toStep: number
  /** Seconds since the epoch. */
  fromTime: number
  toTime: number
  nan: number
  positiveInfinity: number
  negativeInfinity: number
}

/**
 * The part of one series that a chart draws: every point of the window where they fit its width, else of each bucket of consecutive
 * points the first, the least, the greatest and the last. All of them are points as logged, in the order (step, time, arrival).
 */
export interface SeriesWindow {
  run: string
  key: string
  /** What is drawn. Values that are not finite are among them only where every point is. */
  drawn: Series
  /** Points of the series. */
  total: number
  /** Points of the series in the window. */
  points: number
  /** Points a bucket; 1 where every point of the window is drawn. */
  bucket: number
  /** Time of the first point of the series, in seconds since the epoch: where relative time begins. */
  firstTime: number
  /** Values were logged as 32-bit floats: 0.1 is shown as 0.1. */
  float32: boolean
  /** In the order of the series; neighbours are joined. */
  nonFinite: NonFiniteSpan[]
}
