import { ApiError } from '#contract/api-error.ts'
import { mostGroupedRuns } from '#contract/group-window.ts'
import type { Parsed } from '#contract/operations.ts'
import type { SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { encodeWindows } from '#contract/windows-frame.ts'
import { snapshot } from '#server/store/database.ts'

import { drawGroup } from './draw-group.ts'
import { groupSeries } from './group-series.ts'
import { drawnWidth } from './read-windows.ts'
import type { Reader } from './reader.ts'

/** Groups of runs over one window, as a frame (`windows-frame.ts`); one that has no such metric stands there with its error. */
export function readGroups(reader: Reader, input: Parsed<'groupWindows'>): Uint8Array<ArrayBuffer> {
  const runs = input.groups.reduce((sum, group) => sum + group.runs.length, 0)
  if (runs > mostGroupedRuns) throw new ApiError('invalid', `groups: ${runs} runs, expected at most ${mostGroupedRuns} over all groups.`)
  return snapshot(reader.database, () =>
    encodeWindows(input.keys.flatMap(key => input.groups.map(group => readGroup(reader, { ...group, key }, input)))),
  )
}

function readGroup(
  reader: Reader,
  { id, runs, key }: { id: string; runs: readonly string[]; key: string },
  { x, from, to, width, band, derive }: Parsed<'groupWindows'>,
): SeriesWindow | SeriesFault {
  try {
    const group = groupSeries(reader, { runs, key, x, band, derive })
    const drawn = drawGroup(group, { x: x === 'step' ? 'step' : 'time', from, to, width: drawnWidth(width) })
    return { run: id, key, total: group.places.length, firstTime: 0, float32: false, group: group.facts, ...drawn }
  } catch (error) {
    if (error instanceof ApiError) return { run: id, key, error: error.toBody() }
    throw error
  }
}
