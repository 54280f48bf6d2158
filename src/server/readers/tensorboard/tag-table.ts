import { decodeText } from '#server/readers/text-file.ts'

/** One tag of a run, with what its first value said of all of them. */
export interface Tag {
  key: string
  plugin: string
  dataClass: number
  /** A value that cannot be taken is told once a tag. */
  faulted: boolean
  /** Index of its points in the store that collects them; −1 where it has none. */
  slot: number
}

interface Entry {
  bytes: Buffer
  tag: Tag
  /** With the same hash. */
  next: Entry | undefined
  /** The one that was found after it: tags are logged in the same order again and again. */
  after: Entry | undefined
}

/** The tags of a run by their bytes: text is made of a tag once, not once a point. */
export class TagTable {
  readonly #entries = new Map<number, Entry>()
  #last: Entry | undefined

  /** The tag in `bytes[start, end)`, made where it is new. */
  find(bytes: Buffer, start: number, end: number): Tag {
    const before = this.#last
    const guess = before?.after
    const entry = guess && isSame(guess.bytes, bytes, start, end) ? guess : this.#lookUp(bytes, start, end)
    if (before) before.after = entry
    this.#last = entry
    return entry.tag
  }

  #lookUp(bytes: Buffer, start: number, end: number): Entry {
    let hash = end - start
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    const head = this.#entries.get(hash)
    for (let entry = head; entry; entry = entry.next) if (isSame(entry.bytes, bytes, start, end)) return entry
    const tag: Tag = { key: decodeText(bytes, start, end).text, plugin: '', dataClass: 0, faulted: false, slot: -1 }
    const made: Entry = { bytes: Buffer.from(bytes.subarray(start, end)), tag, next: head, after: undefined }
    this.#entries.set(hash, made)
    return made
  }
}

function isSame(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[start + at]) return false
  return true
}
