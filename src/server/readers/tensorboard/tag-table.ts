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
  next: Entry | undefined
}

/** The tags of a run by their bytes: text is made of a tag once, not once a point. */
export class TagTable {
  readonly #entries = new Map<number, Entry>()

  /** The tag in `bytes[start, end)`, made where it is new. */
  find(bytes: Buffer, start: number, end: number): Tag {
    let hash = end - start
    for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0
    const head = this.#entries.get(hash)
    for (let entry = head; entry; entry = entry.next) if (isSame(entry.bytes, bytes, start, end)) return entry.tag
    const tag: Tag = { key: decodeText(bytes, start, end).text, plugin: '', dataClass: 0, faulted: false, slot: -1 }
    this.#entries.set(hash, { bytes: Buffer.from(bytes.subarray(start, end)), tag, next: head })
    return tag
  }
}

function isSame(known: Buffer, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[start + at]) return false
  return true
}
