import { decodeText } from '#server/readers/text-file.ts'

/** Bytes that are no message of the kind expected. */
export class WireError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'WireError'
  }
}

/**
 * Walks through the fields of protobuf messages by hand (https://protobuf.dev/programming-guides/encoding/): `at` goes from field to
 * field, `enter` gives where a nested message ends. Throws `WireError` for what runs over the end of its message.
 */
export class Wire {
  at = 0
  bytes: Buffer
  view: DataView

  constructor(bytes: Buffer, view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)) {
    this.bytes = bytes
    this.view = view
  }

  /** A whole number of at most 2^53; larger ones come rounded. For keys, lengths, enumerations and sizes. */
  varint(end: number): number {
    const { at } = this
    const byte = this.bytes[at] ?? 0
    if (at >= end || byte >= 0x80) return this.#longVarint(end)
    this.at = at + 1
    return byte
  }

  #longVarint(end: number): number {
    let byte = this.#byte(end)
    let value = byte & 0x7f
    if (byte < 0x80) return value
    let weight = 128
    for (let count = 1; count < 10; count += 1) {
      byte = this.#byte(end)
      value += (byte & 0x7f) * weight
      if (byte < 0x80) return value
      weight *= 128
    }
    throw new WireError('a number of more than 10 bytes')
  }

  /** An int64; a `bigint` only where a number cannot hold it exactly. Negative ones have 10 bytes. */
  int64(end: number): number | bigint {
    const from = this.at
    const value = this.varint(end)
    if (this.at - from < 8) return value
    let exact = 0n
    for (let index = this.at - 1; index >= from; index -= 1) exact = (exact << 7n) | BigInt((this.bytes[index] ?? 0) & 0x7f)
    const signed = BigInt.asIntN(64, exact)
    const number = Number(signed)
    return Number.isSafeInteger(number) ? number : signed
  }

  double(end: number): number {
    this.#need(8, end)
    const value = this.view.getFloat64(this.at, true)
    this.at += 8
    return value
  }

  float(end: number): number {
    this.#need(4, end)
    const value = this.view.getFloat32(this.at, true)
    this.at += 4
    return value
  }

  /** End of the message, text or bytes that start here, after their length. */
  enter(end: number): number {
    const length = this.varint(end)
    if (this.at + length > end) throw new WireError(`a part of ${length} bytes where ${end - this.at} are left`)
    return this.at + length
  }

  text(end: number): string {
    const to = this.enter(end)
    const { text } = decodeText(this.bytes, this.at, to)
    this.at = to
    return text
  }

  /** Passes over a field that is not read; `key` is its field number times 8 and its wire type. */
  skip(key: number, end: number): void {
    const type = key & 7
    if (type === 0) this.varint(end)
    else if (type === 1) this.#advance(8, end)
    else if (type === 2) this.at = this.enter(end)
    else if (type === 5) this.#advance(4, end)
    else throw new WireError(`a field of the unknown kind ${type}`)
  }

  #advance(count: number, end: number): void {
    this.#need(count, end)
    this.at += count
  }

  #need(count: number, end: number): void {
    if (this.at + count > end) throw new WireError(`a number of ${count} bytes where ${end - this.at} are left`)
  }

  #byte(end: number): number {
    if (this.at >= end) throw new WireError('a number that is cut off')
    const byte = this.bytes[this.at] ?? 0
    this.at += 1
    return byte
  }
}
