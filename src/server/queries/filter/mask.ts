/** One byte a run, 1 where it matches. `words` are the same bytes, four at a time; those behind the last run mean nothing. */
export interface Mask {
  bytes: Uint8Array<ArrayBuffer>
  words: Uint32Array<ArrayBuffer>
}

/** Masks of one size, used again within an evaluation: a filter of thousands of conditions needs as many as it is deep. */
export class MaskPool {
  readonly #words: number
  readonly #free: Mask[] = []

  constructor(size: number) {
    this.#words = Math.ceil(size / 4)
  }

  take(): Mask {
    const free = this.#free.pop()
    if (free) return free
    const words = new Uint32Array(this.#words)
    return { bytes: new Uint8Array(words.buffer), words }
  }

  give(mask: Mask): void {
    this.#free.push(mask)
  }
}

export function andInto({ words }: Mask, other: Mask): void {
  for (let index = 0; index < words.length; index += 1) words[index]! &= other.words[index]!
}

export function orInto({ words }: Mask, other: Mask): void {
  for (let index = 0; index < words.length; index += 1) words[index]! |= other.words[index]!
}

export function invert({ words }: Mask): void {
  for (let index = 0; index < words.length; index += 1) words[index]! ^= 0x01010101
}
