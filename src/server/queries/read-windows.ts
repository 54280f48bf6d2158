import { ApiError } from '#contract/api-error.ts'
import type { Parsed } from '#contract/operations.ts'
import type { SeriesFault, SeriesRef, SeriesWindow } from '#contract/series-window.ts'
import { encodeWindows } from '#contract/windows-frame.ts'
import { snapshot } from '#server/store/database.ts'

import { drawAgainst } from './draw-against.ts'
import { drawSeries, type DrawWindow } from './draw-series.ts'
import { openExpression } from './expression-of-run.ts'
import { placeSeries } from './join-series.ts'
import type { Reader } from './reader.ts'
import { drawResumed } from './resumed-series.ts'
import { openSeries, type OpenSeries } from './series-of-run.ts'

/** Charts ask in widths that differ by a few pixels; the same one for all of them gives the same answers. */
const widthUnit = 64

export function drawnWidth(width: number): number {
  return Math.ceil(width / widthUnit) * widthUnit
}

/**
 * Many series over one window, as a frame (`windows-frame.ts`), each as `drawSeries` says, or `drawAgainst` where the horizontal axis is
 * another metric; one that cannot be had stands there with its error.
 */
export function readWindows(reader: Reader, input: Parsed<'seriesWindows'>): Uint8Array<ArrayBuffer> {
  return snapshot(reader.database, () =>
    encodeWindows(
      input.series.map((ref): SeriesWindow | SeriesFault => {
        try {
          return readWindow(reader, ref, input)
        } catch (error) {
          if (error instanceof ApiError) return { ...nameOf(ref), error: error.toBody() }
          throw error
        }
      }),
    ),
  )
}

function nameOf({ run, key, expression }: SeriesRef): Pick<SeriesWindow, 'run' | 'key' | 'expression'> {
  return { run, key, ...(expression && { expression }) }
}

function readWindow(reader: Reader, ref: SeriesRef, input: Parsed<'seriesWindows'>): SeriesWindow {
  const open = (ref.expression ? openExpression : openSeries)(reader, ref.run, ref.key, input.derive)
  const { source, firstTime, float32, join, resumed, total } = open
  const known = { ...nameOf(ref), total, firstTime, float32 }
  const { x, from, to } = input
  const width = drawnWidth(input.width)
  if (x === 'metric') {
    const placed = placedSeries(reader, ref.run, open, input.xKey)
    const carried = !placed.exact || join === 'carried'
    return { ...known, join: carried ? 'carried' : 'exact', unplaced: placed.unplaced, ...drawAgainst(placed, { from, to, width }) }
  }
  const start = x === 'relative' ? firstTime : 0
  const window: DrawWindow = {
    x: x === 'step' ? 'step' : 'time',
    from: from === null ? null : from + start,
    to: to === null ? null : to + start,
    width,
  }
  const drawn = resumed.length > 0 ? drawResumed(source, resumed, window, input.derive !== undefined) : drawSeries(source, window)
  return { ...known, ...(join && { join }), ...drawn }
}

/** A series with its places on an axis that is another metric of the run. */
function placedSeries(reader: Reader, run: string, { whole, version }: OpenSeries, key: string | undefined) {
  if (key === undefined)
    throw new ApiError('invalid', 'xKey says which metric the horizontal axis shows, and is missing.', { expected: 'xKey' })
  const axis = openSeries(reader, run, key)
  return reader.derived.get(JSON.stringify(['placed', version, axis.version]), () => placeSeries(whole(), axis.whole()))
}
