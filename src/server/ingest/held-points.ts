import type { Series, Steps } from '#contract/series-frame.ts'
import type { SeriesColumns, SeriesRecord } from '#server/readers/record.ts'

export type SeriesPart = SeriesRecord | SeriesColumns

interface Slice {
  part: SeriesPart
  from: number
  to: number
  /** Where the slice goes in what is taken. */
  at: number
}

/** Points of one metric that wait to be written, in their order: the parts as they came, copied once, when they are taken. */
export class HeldPoints {
  length = 0
  #parts: SeriesPart[] = []
  /** Points of the first part that were taken. */
  #taken = 0

  /** The part is kept, not copied. */
  add(part: SeriesPart): void {
    this.length += part.values.length
    this.#parts.push(part)
  }

  /** Takes out the first `count` points; throws where there are fewer. */
  take(count: number): Series {
    const slices = this.#slices(count)
    const times = new Float64Array(count)
    const values = new Float64Array(count)
    for (const { part, from, to, at } of slices) {
      copy(part.times, from, to, times, at)
      copy(part.values, from, to, values, at)
    }
    return { steps: narrowSteps(slices, count) ?? wideSteps(slices, count), times, values }
  }

  #slices(count: number): Slice[] {
    if (count > this.length) throw new Error(`${count} points asked of ${this.length}`)
    const slices: Slice[] = []
    let at = 0
    let done = 0
    for (const part of this.#parts) {
      if (at === count) break
      const from = this.#taken
      const to = Math.min(part.values.length, from + count - at)
      slices.push({ part, from, to, at })
      at += to - from
      if (to < part.values.length) this.#taken = to
      else {
        this.#taken = 0
        done += 1
      }
    }
    if (done > 0) this.#parts = this.#parts.slice(done)
    this.length -= count
    return slices
  }
}

function copy(source: number[] | Float64Array, from: number, to: number, target: Float64Array, at: number): void {
  if (source instanceof Float64Array) target.set(from === 0 && to === source.length ? source : source.subarray(from, to), at)
  else for (let index = from; index < to; index += 1) target[at + index - from] = source[index] ?? Number.NaN
}

/** Steps of 32 bits; null where one of them needs more, or is negative. */
function narrowSteps(slices: readonly Slice[], count: number): Steps | null {
  const steps = new Uint32Array(count)
  for (const { part, from, to, at } of slices) {
    if (part.steps instanceof BigInt64Array) return null
    for (let index = from; index < to; index += 1) {
      const step = part.steps[index] ?? 0
      if (typeof step !== 'number' || step !== step >>> 0) return null
      steps[at + index - from] = step
    }
  }
  return steps
}

function wideSteps(slices: readonly Slice[], count: number): Steps {
  const steps = new BigInt64Array(count)
  for (const { part, from, to, at } of slices) {
    for (let index = from; index < to; index += 1) steps[at + index - from] = BigInt(part.steps[index] ?? 0)
  }
  return steps
}
