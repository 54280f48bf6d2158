import type { SeriesColumns } from '#server/readers/record.ts'

import type { Tag } from './tag-table.ts'

const startCapacity = 16

/** Points of one tag, in the order of the file. */
class GrowingSeries {
  readonly key: string
  float32 = true
  count = 0
  /** `BigInt64Array` from the first step on that a number cannot hold exactly. */
  #steps: Float64Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> = new Float64Array(startCapacity)
  #times = new Float64Array(startCapacity)
  #values = new Float64Array(startCapacity)

  constructor(key: string) {
    this.key = key
  }

  add(step: number | bigint, time: number, value: number): void {
    const at = this.count
    if (at === this.#values.length) this.#grow(at * 2)
    if (typeof step === 'number' && this.#steps instanceof Float64Array) this.#steps[at] = step
    else this.#addWide(at, BigInt(step))
    this.#times[at] = time
    this.#values[at] = value
    this.count = at + 1
  }

  /** Hands out the points gathered so far and starts anew with none. */
  take(): SeriesColumns {
    const { key, float32, count } = this
    this.count = 0
    const [steps, times, values] = [this.#steps, this.#times, this.#values]
    this.#steps = new Float64Array(startCapacity)
    this.#times = new Float64Array(startCapacity)
    this.#values = new Float64Array(startCapacity)
    return { key, float32, steps: steps.subarray(0, count), times: times.subarray(0, count), values: values.subarray(0, count) }
  }

  #addWide(at: number, step: bigint): void {
    if (this.#steps instanceof Float64Array) {
      const before = this.#steps
      const wide = new BigInt64Array(before.length)
      for (let index = 0; index < at; index += 1) wide[index] = BigInt(before[index] ?? 0)
      this.#steps = wide
    }
    this.#steps[at] = step
  }

  #grow(capacity: number): void {
    const [steps, times, values] = [this.#steps, this.#times, this.#values]
    if (steps instanceof Float64Array) {
      const grown = new Float64Array(capacity)
      grown.set(steps)
      this.#steps = grown
    } else {
      const grown = new BigInt64Array(capacity)
      grown.set(steps)
      this.#steps = grown
    }
    this.#times = new Float64Array(capacity)
    this.#times.set(times)
    this.#values = new Float64Array(capacity)
    this.#values.set(values)
  }
}

/** Collects the points of a run, tag by tag. */
export class PointStore {
  /** Points held. */
  count = 0
  readonly #series: GrowingSeries[] = []

  add(tag: Tag, step: number | bigint, time: number, value: number, float32: boolean): void {
    if (tag.slot < 0) {
      tag.slot = this.#series.length
      this.#series.push(new GrowingSeries(tag.key))
    }
    const series = this.#series[tag.slot]
    if (!series) return
    if (!float32) series.float32 = false
    series.add(step, time, value)
    this.count += 1
  }

  /** Hands out what is held, in the order in which the tags came, and starts anew with none. */
  *take(): Generator<SeriesColumns, void> {
    this.count = 0
    for (const series of this.#series) if (series.count > 0) yield series.take()
  }
}
