import type { Derivation } from '#contract/derivation.ts'
import type { Series } from '#contract/series-frame.ts'
import { bestSoFar, exponentialAverage, gaussianAverage, runningAverage } from '#maths/smoothing.ts'

import { ByteCache } from './byte-cache.ts'

/** Some 60 series of 100,000 points. */
const budget = 128 * 1024 * 1024

/** Derived series under the version of what they were made of. */
export function derivedCache(): ByteCache<Series> {
  return new ByteCache(budget, bytesOf)
}

function bytesOf(series: Series): number {
  return Object.values(series).reduce((sum: number, column: unknown) => sum + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0)
}

/** A series with other values at the same steps and times. */
export function derive({ steps, times, values }: Series, derivation: Derivation): Series {
  return { steps, times, values: derivedValues(values, derivation) }
}

function derivedValues(values: Float64Array, derivation: Derivation): Float64Array<ArrayBuffer> {
  switch (derivation.kind) {
    case 'ema':
      return exponentialAverage(values, derivation.weight)
    case 'gaussian':
      return gaussianAverage(values, derivation.sigma)
    case 'mean':
      return runningAverage(values, derivation.points)
    case 'best':
      return bestSoFar(values, derivation.direction)
  }
}
