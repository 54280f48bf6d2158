import type { Series } from '#contract/series-frame.ts'
import type { GroupFacts } from '#contract/series-window.ts'

import { ByteCache } from './byte-cache.ts'

/** A group of runs as one series: its places stand in `steps` where it is joined on steps, else in `times`; the other column is zeros. */
export interface GroupSeries {
  places: Float64Array
  series: Series
  low: Float64Array
  high: Float64Array
  facts: GroupFacts
}

const budget = 96 * 1024 * 1024

/** Groups under the versions of what they were made of. */
export function groupCache(): ByteCache<GroupSeries> {
  return new ByteCache(budget, ({ places, series }) => places.byteLength * 6 + series.steps.byteLength)
}
