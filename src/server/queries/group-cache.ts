import { ByteCache } from './byte-cache.ts'
import { groupBytes, type GroupSeries } from './group-series.ts'

const budget = 96 * 1024 * 1024

/** Groups under the versions of what they were made of. */
export function groupCache(): ByteCache<GroupSeries> {
  return new ByteCache(budget, groupBytes)
}
