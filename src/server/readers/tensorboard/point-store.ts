import type { SeriesColumns } from '#server/readers/record.ts'

import type { Tag } from './tag-table.ts'

const leastCapacity = 16
/** Points a block: those of a chunk of the store, so that a block is copied once. */
const blockPoints = 4_096

/** Points of one tag in blocks, in the order of the file. */
class GrowingSeries {
  readonly key: string
  float32 = true
  #count = 0
  #full: SeriesColumns[] = []
  /** `BigInt64Array` from the first step of the block on that a number cannot hold exactly. */
  #steps: SeriesColumns['steps'] = new Float64Array(leastCapacity)
  #times = new Float64Array(leastCapacity)
  #values = new Float64Array(leastCapacity)

  constructor(key: string) {
    this.key = key
  }

  add(step: number | bigint, time: number, value: number): void {
    const at = this.#count
    if (at === this.#values.length) {
      this.#makeRoom()
      this.add(step, time, value)
      return
    }
    if (typeof step === 'number' && this.#steps instanceof Float64Array) this.#steps[at] = step
    else this.#addWide(at, BigInt(step))
    this.#times[at] = time
    this.#values[at] = value
    this.#count = at + 1
  }

  /** Hands out the blocks gathered so far and starts anew with none. */
  take(): SeriesColumns[] {
    if (this.#count > 0) this.#endBlock(leastCapacity)
    const { key, float32 } = this
    return this.#full.splice(0).map(block => ({ ...block, key, float32 }))
  }

  #endBlock(capacity: number): void {
    const count = this.#count
    this.#count = 0
    const [steps, times, values] = [this.#steps, this.#times, this.#values]
    this.#full.push({ key: '', steps: steps.subarray(0, count), times: times.subarray(0, count), values: values.subarray(0, count) })
    this.#steps = new Float64Array(capacity)
    this.#times = new Float64Array(capacity)
    this.#values = new Float64Array(capacity)
  }

  #makeRoom(): void {
    const [steps, times, values] = [this.#steps, this.#times, this.#values]
    if (values.length >= blockPoints) {
      this.#endBlock(blockPoints)
      return
    }
    const capacity = values.length * 2
    if (steps instanceof Float64Array) (this.#steps = new Float64Array(capacity)).set(steps)
    else (this.#steps = new BigInt64Array(capacity)).set(steps)
    this.#times = new Float64Array(capacity)
    this.#times.set(times)
    this.#values = new Float64Array(capacity)
    this.#values.set(values)
  }

  #addWide(at: number, step: bigint): void {
    const before = this.#steps
    if (before instanceof Float64Array) {
      const wide = new BigInt64Array(before.length)
      for (let index = 0; index < at; index += 1) wide[index] = BigInt(before[index] ?? 0)
      wide[at] = step
      this.#steps = wide
    } else before[at] = step
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

  /** Hands out what is held in parts, in the order in which the tags came, and starts anew with none. */
  *take(): Generator<SeriesColumns, void> {
    this.count = 0
    for (const series of this.#series) yield* series.take()
  }
}
