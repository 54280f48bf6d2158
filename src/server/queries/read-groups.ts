import { ApiError } from '#contract/api-error.ts'
import { mostGroupedRuns } from '#contract/group-window.ts'
import type { Parsed } from '#contract/operations.ts'
import type { GroupFacts, SeriesFault, SeriesWindow } from '#contract/series-window.ts'
import { encodeWindows } from '#contract/windows-frame.ts'
import { snapshot } from '#server/store/database.ts'

import { derive as derived } from './derived-series.ts'
import { drawGroup } from './draw-group.ts'
import { findGroupMetrics, type GroupMetric } from './group-metrics.ts'
import { joinGroup, type GroupMember, type GroupSeries } from './group-series.ts'
import { drawnWidth } from './read-windows.ts'
import type { Reader } from './reader.ts'
import { newestSeries } from './series-of-run.ts'

type Asked = Parsed<'groupWindows'>

/** Points of one group that are in memory at once, about 300 MB; of a group with more, as many runs are read as have fewer. */
const mostPoints = 20_000_000

/** Groups of runs over one window, as a frame (`windows-frame.ts`); one that has no such metric stands there with its error. */
export function readGroups(reader: Reader, input: Asked): Uint8Array<ArrayBuffer> {
  const runs = input.groups.reduce((sum, group) => sum + group.runs.length, 0)
  if (runs > mostGroupedRuns) throw new ApiError('invalid', `groups: ${runs} runs, expected at most ${mostGroupedRuns} over all groups.`)
  return snapshot(reader.database, () =>
    encodeWindows(input.keys.flatMap(key => input.groups.map(group => readGroup(reader, { ...group, key }, input)))),
  )
}

function readGroup(
  reader: Reader,
  { id, runs, key }: { id: string; runs: readonly string[]; key: string },
  asked: Asked,
): SeriesWindow | SeriesFault {
  const metrics = findGroupMetrics(reader, runs, key)
  if (metrics.length === 0)
    return { run: id, key, error: new ApiError('not_found', `No run of this group has the metric ${key}.`).toBody() }
  const read = withinMemory(metrics)
  const { x, from, to, width, derive, band } = asked
  const version = JSON.stringify([x, band, derive, read.map(metric => [metric.run, metric.key, metric.version])])
  const group = reader.groups.get(version, () => makeGroup(reader, read, asked))
  const start = x === 'relative' ? group.firstTime : 0
  const drawn = drawGroup(group, {
    x: x === 'step' ? 'step' : 'time',
    from: from === null ? null : from + start,
    to: to === null ? null : to + start,
    width: drawnWidth(width),
  })
  const facts: GroupFacts = {
    ...countsOf(group),
    runs: metrics.length,
    of: runs.length,
    read: read.length,
    exact: group.exact,
    every: group.every,
  }
  return { run: id, key, total: group.series.values.length, firstTime: group.firstTime, float32: false, group: facts, ...drawn }
}

function countsOf({ count, strange }: GroupSeries): Pick<GroupFacts, 'least' | 'most' | 'left'> {
  let [least, most] = [Infinity, 0]
  for (const members of count) {
    if (members > 0 && members < least) least = members
    if (members > most) most = members
  }
  const columns = strange ? [strange.nan, strange.positiveInfinity, strange.negativeInfinity] : []
  const left = columns.reduce((sum, column) => sum + column.reduce((all, one) => all + one, 0), 0)
  return { least: most === 0 ? 0 : least, most, left }
}

function withinMemory(metrics: readonly GroupMetric[]): GroupMetric[] {
  let points = 0
  const end = metrics.findIndex(({ count }) => (points += count) > mostPoints)
  return metrics.slice(0, end < 0 ? metrics.length : Math.max(1, end))
}

function makeGroup(reader: Reader, metrics: readonly GroupMetric[], { x, band, derive }: Asked): GroupSeries {
  const members = metrics.map((metric): GroupMember => {
    const series = newestSeries(reader, metric)
    const firstTime = metric.firstTime ?? series.times[0] ?? Number.NaN
    return { series: derive ? derived(series, derive) : series, firstTime }
  })
  return joinGroup(members, x, band)
}
