import type { Derivation } from '#contract/derivation.ts'
import type { Series } from '#contract/series-frame.ts'
import { bestSoFar, exponentialAverage, gaussianAverage, runningAverage } from '#maths/smoothing.ts'

/** Bytes of derived series kept: some 60 of 100,000 points. */
const budget = 128 * 1024 * 1024

/** Derived series under the version of what they were made of; the least recently used go first. */
export class DerivedCache {
  readonly #series = new Map<string, Series>()
  #bytes = 0

  /** The series under `id`, made by `make` where it is not held. One id is of one kind of series. */
  get<Made extends Series>(id: string, make: () => Made): Made {
    const held = this.#series.get(id)
    if (held) {
      this.#series.delete(id)
      this.#series.set(id, held)
      return held as Made
    }
    const made = make()
    this.#series.set(id, made)
    this.#bytes += bytesOf(made)
    for (const [oldest, series] of this.#series) {
      if (this.#bytes <= budget || oldest === id) break
      this.#series.delete(oldest)
      this.#bytes -= bytesOf(series)
    }
    return made
  }

  clear(): void {
    this.#series.clear()
    this.#bytes = 0
  }
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
