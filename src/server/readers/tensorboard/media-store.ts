import type { MediaKind } from '#contract/media.ts'
import type { MediaRecord } from '#server/readers/record.ts'

import type { ValueKind } from './value-kind.ts'

/** What is found again by its place; graphs, meshes and what nobody knows are not. */
const indexed = new Set<ValueKind>(['image', 'histogram', 'text', 'audio', 'pr-curve'])

interface Held extends Omit<MediaRecord, 'names'> {
  names: Map<string, number>
}

interface Place {
  step: number | bigint
  time: number
  file: string
  offset: number
  /** Elements of its tensor. */
  elements: number
}

function emptyTag(kind: MediaKind, tag: string): Held {
  return { kind, tag, steps: [], times: [], offsets: [], files: [], names: new Map(), items: 1 }
}

/** Where the values of a run lie that are no scalars, up to a number of them. */
export class MediaStore {
  readonly #limit: number
  readonly #tags = new Map<string, Held>()
  #count = 0
  /** Values beyond the limit. */
  left = 0

  constructor(limit = 1_000_000) {
    this.#limit = limit
  }

  add(kind: ValueKind, tag: string, { step, time, file, offset, elements }: Place): void {
    if (!indexed.has(kind)) return
    if (this.#count >= this.#limit) {
      this.left += 1
      return
    }
    this.#count += 1
    const id = `${kind} ${tag}`
    const held = this.#tags.get(id) ?? emptyTag(kind as MediaKind, tag)
    this.#tags.set(id, held)
    const name = held.names.get(file) ?? held.names.size
    held.names.set(file, name)
    held.steps.push(step)
    held.times.push(time)
    held.offsets.push(offset)
    held.files.push(name)
    // A tensor of images begins with their width and height.
    if (kind === 'image') held.items = Math.max(held.items, elements - 2)
  }

  /** What was gathered since it was taken last. */
  take(): MediaRecord[] {
    const tags = [...this.#tags.values()]
    this.#tags.clear()
    this.#count = 0
    return tags.map(({ names, ...tag }) => ({ ...tag, names: [...names.keys()] }))
  }
}
