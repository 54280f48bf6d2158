import type { EventSink, OtherValue } from './event-decoder.ts'
import { readHparams } from './hparams.ts'
import { MediaStore } from './media-store.ts'
import { PointStore } from './point-store.ts'
import type { Tag } from './tag-table.ts'
import type { ValueKind } from './value-kind.ts'

/** Status of `SessionEndInfo` that says that a session failed, and that it ended well. */
export const sessionFailed = 2
export const sessionSucceeded = 1
/** Seconds within which `add_hparams` of PyTorch writes the metrics of a session whose end it has just written. */
const afterwards = 10

/** Gathers what the events of a run say. */
export class RunSink implements EventSink {
  readonly store = new PointStore()
  readonly media = new MediaStore()
  /** Name of the file that is being read. */
  file = ''
  readonly params = new Map<string, string>()
  /** Values that are no scalars, by kind. */
  readonly others = new Map<ValueKind, number>()
  points = 0
  /** Of all events, in seconds since the epoch; infinite where there was none. */
  firstTime = Infinity
  #lastTime = -Infinity
  #lastContentTime = -Infinity
  /** `SessionEndInfo.status`, 0 while none was read. */
  sessionStatus = 0
  /** Scalars came some time after the session was said to have ended, as Lightning says it at its start. */
  wentOn = false
  #sessionEnd = Infinity
  /** Points beyond so many are counted, but not held. */
  readonly #limit: number
  readonly #onFault: (reason: string) => void

  constructor(limit: number, onFault: (reason: string) => void) {
    this.#limit = limit
    this.#onFault = onFault
  }

  /** More points came than are held. */
  get overflowed(): boolean {
    return this.points > this.#limit
  }

  /** Of the events but those that open a file, which have the clock's time also where the user gives the values times of his own. */
  get lastTime(): number {
    return Number.isFinite(this.#lastContentTime) ? this.#lastContentTime : this.#lastTime
  }

  /** Lets as many points come as at first; what is held was taken. */
  goOn(): void {
    this.points = 0
  }

  event(time: number, opens: boolean): void {
    if (time < this.firstTime) this.firstTime = time
    if (time > this.#lastTime) this.#lastTime = time
    if (!opens && time > this.#lastContentTime) this.#lastContentTime = time
  }

  point(tag: Tag, step: number | bigint, time: number, value: number, float32: boolean): void {
    this.points += 1
    if (time - this.#sessionEnd > afterwards) this.wentOn = true
    if (this.points <= this.#limit) this.store.add(tag, step, time, value, float32)
  }

  other({ tag, kind, step, time, content, offset, elements }: OtherValue): void {
    this.others.set(kind, (this.others.get(kind) ?? 0) + 1)
    this.media.add(kind, tag.key, { step, time, file: this.file, offset, elements })
    if (kind !== 'hparams' || content === null) return
    const { params, status } = readHparams(content)
    for (const [key, value] of params) this.params.set(key, value)
    if (status === null) return
    this.sessionStatus = status
    this.#sessionEnd = time
    this.wentOn = false
  }

  fault(reason: string): void {
    this.#onFault(reason)
  }
}
