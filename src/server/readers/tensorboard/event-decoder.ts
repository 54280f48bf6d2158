import type { Tag, TagTable } from './tag-table.ts'
import { readTensor, type TensorFacts } from './tensor.ts'
import { kindOfValue, type ValueKind, type ValueShape } from './value-kind.ts'
import { Wire } from './wire.ts'

/** Takes what an event holds. Positions are those of the bytes given to `decode`. */
export interface EventSink {
  /** Told of each event before its values; `time` in seconds since the epoch. `opens`: it only says that a file begins. */
  event: (time: number, opens: boolean) => void
  point: (tag: Tag, step: number | bigint, time: number, value: number, float32: boolean) => void
  /** A value that is no scalar. `start` and `end` enclose the `Summary.Value`; `content` is the plugin's own, where this value has it. */
  other: (value: OtherValue) => void
  /** What could not be taken, and where in the file the event lies. */
  fault: (reason: string) => void
}

export interface OtherValue {
  tag: Tag
  kind: ValueKind
  step: number | bigint
  time: number
  start: number
  end: number
  content: Buffer | null
  /** Where in the file the event lies. */
  offset: number
  /** Elements of its tensor, 1 without one. */
  elements: number
}

interface Metadata {
  plugin: string
  content: Buffer | null
  dataClass: number
}

const noTensor: TensorFacts = { dtype: 0, rank: 0, elements: 1, value: undefined, float32: false }

/**
 * Decodes `Event` messages (tensorflow/core/util/event.proto, framework/summary.proto) of one run. The plugin of a tag stands only with
 * its first value in a run, so tags are remembered in `tags` over all its files.
 */
export class EventDecoder {
  readonly #tags: TagTable
  readonly #sink: EventSink
  #wire = new Wire(Buffer.alloc(0))
  #time = 0
  #step: number | bigint = 0
  #offset = 0

  constructor(tags: TagTable, sink: EventSink) {
    this.#tags = tags
    this.#sink = sink
  }

  /**
   * Decodes the event in `bytes[start, end)`; `offset` is where it lies in its file. Throws `WireError` where it is none; what came
   * before that was handed out.
   */
  decode(bytes: Buffer, view: DataView, start: number, end: number, offset: number): void {
    if (this.#plain(bytes, view, start, end)) return
    const wire = this.#wire
    wire.bytes = bytes
    wire.view = view
    wire.at = start
    this.#time = 0
    this.#step = 0
    this.#offset = offset
    // Nearly always the last field; read after the others since step and time may follow it.
    let summary = -1
    let summaryEnd = 0
    let more: [start: number, end: number][] | null = null
    let opens = false
    while (wire.at < end) {
      const key = wire.varint(end)
      if (key === 9) this.#time = wire.double(end)
      else if (key === 16) this.#step = wire.int64(end)
      else if (key === 42) {
        if (summary >= 0) (more ??= []).push([summary, summaryEnd])
        summaryEnd = wire.enter(end)
        summary = wire.at
        wire.at = summaryEnd
      } else {
        if (key === 26) opens = true
        wire.skip(key, end)
      }
    }
    this.#sink.event(this.#time, opens)
    for (const [from, to] of more ?? []) this.#summary(from, to)
    if (summary >= 0) this.#summary(summary, summaryEnd)
  }

  /**
   * Decodes an event as PyTorch and tensorboardX write nearly all, time, step and one scalar in fields of one byte's length, in one
   * pass: twice as fast as the walk through the fields. False where the event is another one and nothing was handed out.
   */
  #plain(bytes: Buffer, view: DataView, start: number, end: number): boolean {
    if (end - start < 24 || bytes[start] !== 9 || bytes[start + 9] !== 16) return false
    let at = start + 10
    let byte = bytes[at] ?? 0
    let step = byte & 0x7f
    for (let weight = 128; byte >= 0x80; weight *= 128) {
      if (weight > 0x1000_0000) return false
      byte = bytes[(at += 1)] ?? 0
      step += (byte & 0x7f) * weight
    }
    const summary = at + 3
    if (end - summary > 0x7f || bytes[at + 1] !== 42 || bytes[at + 2] !== end - summary) return false
    if (bytes[summary] !== 10 || bytes[summary + 1] !== end - summary - 2 || bytes[summary + 2] !== 10) return false
    const tagStart = summary + 4
    const tagEnd = end - 5
    if (bytes[summary + 3] !== tagEnd - tagStart || bytes[tagEnd] !== 21) return false
    const time = view.getFloat64(start + 1, true)
    this.#sink.event(time, false)
    this.#sink.point(this.#tags.find(bytes, tagStart, tagEnd), step, time, view.getFloat32(tagEnd + 1, true), true)
    return true
  }

  #summary(start: number, end: number): void {
    const wire = this.#wire
    wire.at = start
    while (wire.at < end) {
      const key = wire.varint(end)
      if (key === 10) this.#value(wire.enter(end))
      else wire.skip(key, end)
    }
  }

  #value(end: number): void {
    const wire = this.#wire
    const start = wire.at
    let tagStart = start
    let tagEnd = start
    let carrier: ValueShape['carrier'] = 'none'
    let simple = 0
    let tensor = noTensor
    let metadata: Metadata | null = null
    while (wire.at < end) {
      const key = wire.varint(end)
      if (key === 10) {
        tagEnd = wire.enter(end)
        tagStart = wire.at
        wire.at = tagEnd
      } else if (key === 21) {
        simple = wire.float(end)
        carrier = 'simple'
      } else if (key === 66) {
        const to = wire.enter(end)
        tensor = readTensor(wire, to)
        wire.at = to
        carrier = 'tensor'
      } else if (key === 74) {
        const to = wire.enter(end)
        metadata = this.#metadata(to)
        wire.at = to
      } else {
        if (key === 34) carrier = 'image'
        else if (key === 42) carrier = 'histogram'
        else if (key === 50) carrier = 'audio'
        wire.skip(key, end)
      }
    }
    const tag = this.#tags.find(wire.bytes, tagStart, tagEnd)
    if (metadata && tag.plugin === '' && tag.dataClass === 0) {
      tag.plugin = metadata.plugin
      tag.dataClass = metadata.dataClass
    }
    if (carrier === 'simple') {
      this.#sink.point(tag, this.#step, this.#time, simple, true)
      return
    }
    const { plugin, dataClass } = tag
    const { dtype, elements, rank, value, float32 } = tensor
    const kind = kindOfValue({ carrier, plugin, dataClass, dtype, elements, rank })
    if (kind !== 'scalar') this.#other(tag, kind, { start, end, elements }, metadata)
    else if (value !== undefined) this.#sink.point(tag, this.#step, this.#time, value, float32)
    else if (!tag.faulted) {
      tag.faulted = true
      const what = `a value of the tag ${JSON.stringify(tag.key)} of type ${dtype} (tensorflow/core/framework/types.proto)`
      this.#sink.fault(`the event at byte ${this.#offset} has ${what}, expected a number; such values are left out`)
    }
    wire.at = end
  }

  #other(tag: Tag, kind: ValueKind, place: Pick<OtherValue, 'start' | 'end' | 'elements'>, metadata: Metadata | null): void {
    const content = metadata?.content ?? null
    this.#sink.other({ tag, kind, step: this.#step, time: this.#time, ...place, content, offset: this.#offset })
  }

  /** `SummaryMetadata`: plugin_data 1 {name 1, content 2}, data_class 4. */
  #metadata(end: number): Metadata {
    const wire = this.#wire
    const metadata: Metadata = { plugin: '', content: null, dataClass: 0 }
    while (wire.at < end) {
      const key = wire.varint(end)
      if (key === 32) metadata.dataClass = wire.varint(end)
      else if (key === 10) {
        const to = wire.enter(end)
        while (wire.at < to) {
          const inner = wire.varint(to)
          if (inner === 10) metadata.plugin = wire.text(to)
          else if (inner === 18) {
            const contentEnd = wire.enter(to)
            metadata.content = wire.bytes.subarray(wire.at, contentEnd)
            wire.at = contentEnd
          } else wire.skip(inner, to)
        }
      } else wire.skip(key, end)
    }
    return metadata
  }
}
