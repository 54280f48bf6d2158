import { ApiError } from '#contract/api-error.ts'
import type { BandKind } from '#contract/band.ts'
import type { Derivation } from '#contract/derivation.ts'
import type { Series, Steps } from '#contract/series-frame.ts'
import { groupColumns, type GroupMember } from '#maths/group.ts'
import { joinPlaces } from '#maths/join.ts'

import { derive } from './derived-series.ts'
import type { GroupSeries } from './group-cache.ts'
import type { Reader } from './reader.ts'
import { findMetric, wholeSeries, type MetricRef } from './series-of-run.ts'

export type JoinKind = 'step' | 'time' | 'relative'

export interface GroupAsk {
  runs: readonly string[]
  key: string
  x: JoinKind
  band: BandKind
  derive: Derivation | undefined
}

/** The series of a group, of all points of its runs. Runs without the metric are left out; `not_found` where none has it. */
export function groupSeries(reader: Reader, ask: GroupAsk): GroupSeries {
  const found = new Map<number, MetricRef>()
  let fault: ApiError | null = null
  for (const run of ask.runs) {
    try {
      const metric = findMetric(reader, run, ask.key)
      found.set(metric.run, metric)
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'not_found') throw error
      fault = error
    }
  }
  const metrics = [...found.values()]
  if (metrics.length === 0) throw fault ?? new ApiError('not_found', `No run of this group has the metric ${ask.key}.`)
  const versions = metrics.map(({ run, key, version }) => [run, key, version])
  const id = JSON.stringify([versions, ask.runs.length, ask.x, ask.band, ask.derive])
  return reader.groups.get(id, () => makeGroup(reader, metrics, ask))
}

function makeGroup(reader: Reader, metrics: readonly MetricRef[], { runs, x, band, derive: derivation }: GroupAsk): GroupSeries {
  const members = metrics.map(metric => {
    const series = wholeSeries(reader, metric)
    return memberOf(derivation ? derive(series, derivation) : series, x)
  })
  const { places, exact } = joinPlaces(members.map(member => member.places))
  const { centre, low, high, ...counts } = groupColumns(members, places, band)
  const none = () => new Float64Array(places.length)
  const series: Series =
    x === 'step'
      ? { steps: stepsOf(places), times: none(), values: centre }
      : { steps: new Uint32Array(places.length), times: places, values: centre }
  return { places, series, low, high, facts: { runs: metrics.length, of: runs.length, exact, ...counts } }
}

function memberOf({ steps, times, values }: Series, x: JoinKind): GroupMember {
  if (x === 'step') return { places: steps, values }
  const start = x === 'relative' ? (times[0] ?? 0) : 0
  const places = times.map(time => time - start)
  if (places.every((place, at) => at === 0 || place >= places[at - 1]!)) return { places, values }
  // A clock that was set back, or a run that was resumed.
  const order = Uint32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]! || a - b)
  return { places: Float64Array.from(order, at => places[at]!), values: Float64Array.from(order, at => values[at]!) }
}

function stepsOf(places: Float64Array): Steps {
  const first = places[0] ?? 0
  const last = places.at(-1) ?? 0
  return first >= 0 && last <= 0xffff_ffff ? Uint32Array.from(places) : BigInt64Array.from(places, BigInt)
}
