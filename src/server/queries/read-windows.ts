import { ApiError } from '#contract/api-error.ts'
import type { Parsed } from '#contract/operations.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { encodeWindows } from '#contract/windows-frame.ts'
import { snapshot } from '#server/store/database.ts'

import { drawSeries, type DrawWindow } from './draw-series.ts'
import type { Reader } from './reader.ts'
import { drawResumed } from './resumed-series.ts'
import { openSeries } from './series-of-run.ts'

/** Charts ask in widths that differ by a few pixels; the same one for all of them gives the same answers. */
const widthUnit = 64

export function drawnWidth(width: number): number {
  return Math.ceil(width / widthUnit) * widthUnit
}

/** Many series over one window, as a frame (`windows-frame.ts`), each as `drawSeries` says; one that cannot be had stands there with its error. */
export function readWindows(reader: Reader, input: Parsed<'seriesWindows'>): Uint8Array<ArrayBuffer> {
  return snapshot(reader.database, () =>
    encodeWindows(
      input.series.map(({ run, key }): SeriesWindow | SeriesFault => {
        try {
          return readWindow(reader, run, key, input)
        } catch (error) {
          if (error instanceof ApiError) return { run, key, error: error.toBody() }
          throw error
        }
      }),
    ),
  )
}

function readWindow(reader: Reader, run: string, key: string, { x, from, to, width, derive }: Parsed<'seriesWindows'>): SeriesWindow {
  const { source, firstTime, float32, resumed, total } = openSeries(reader, run, key, derive)
  const start = x === 'relative' ? firstTime : 0
  const window: DrawWindow = {
    x: x === 'step' ? 'step' : 'time',
    from: from === null ? null : from + start,
    to: to === null ? null : to + start,
    width: drawnWidth(width),
  }
  const drawn = resumed.length > 0 ? drawResumed(source, resumed, window, derive !== undefined) : drawSeries(source, window)
  return { run, key, total, firstTime, float32, ...drawn }
}
