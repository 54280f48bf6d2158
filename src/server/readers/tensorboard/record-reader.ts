import { crc32c, maskedCrc } from './crc32c.ts'

/** Fills `target` from `position` of the file on; returns how many bytes there were. */
export type ReadBytes = (target: Buffer, start: number, length: number, position: number) => number

export interface FileFault {
  /** Bytes from the start of the file to the record. */
  offset: number
  reason: string
}

export interface ReaderLimits {
  blockBytes: number
  /** A longer record is checked, but not handed out. */
  recordBytes: number
}

/** TensorBoard's own limit for what one event carries is far below 16 MiB; only graphs are longer. */
export const usualLimits: ReaderLimits = { blockBytes: 1024 * 1024, recordBytes: 16 * 1024 * 1024 }
const headerBytes = 12
const footerBytes = 4
/** Bytes of a long record that are handed out, enough to see what it is. */
const headOfLong = 4_096
/** Masked CRCs of short lengths, 0 where none was computed. */
const lengthCrcs = new Uint32Array(1_024)

/**
 * Cuts an event file into its records (TFRecord, uncompressed: length u64, masked CRC-32C of these 8 bytes, data, masked CRC-32C of the
 * data, all little-endian), in memory of a block and the longest record handed out. After `next` gave true, the data lie in
 * `bytes[start, end)` until it is called again.
 */
export class RecordReader {
  bytes: Buffer
  view: DataView
  start = 0
  end = 0
  /** Offset of the record in the file. */
  offset = 0
  /** Bytes of its data; more than `end - start` for a record that is too long to be held: then only its head is there. */
  length = 0
  /** Where the last whole record ended: where to go on reading when the file has grown. */
  wholeEnd = 0
  /** Told of each record whose CRC is wrong; reading goes on after it. */
  readonly #onFault: (fault: FileFault) => void
  readonly #read: ReadBytes
  readonly #size: number
  readonly #limits: ReaderLimits
  /** Told of every block as it is read. */
  readonly #onBlock: (bytes: Buffer) => void
  /** What of the file lies in `bytes[#from, #to)`; `#position` is the offset of `#from`. */
  #from = 0
  #to = 0
  #position: number

  /** Reads from `start` on, which is where a record begins, to `size`. */
  constructor(
    read: ReadBytes,
    size: number,
    onFault: (fault: FileFault) => void,
    onBlock: (bytes: Buffer) => void = () => {},
    limits = usualLimits,
    start = 0,
  ) {
    this.#position = start
    this.wholeEnd = start
    this.#read = read
    this.#size = size
    this.#onFault = onFault
    this.#onBlock = onBlock
    this.#limits = limits
    this.bytes = Buffer.allocUnsafeSlow(Math.max(headerBytes, Math.min(size - start, limits.blockBytes)))
    this.view = new DataView(this.bytes.buffer)
  }

  /** Goes to the next record that is whole and right; false at the end, where the last one is cut off, and where none can be found. */
  next(): boolean {
    for (;;) {
      if (!this.#hold(headerBytes)) return false
      const offset = this.#position
      const from = this.#from
      const low = this.view.getUint32(from, true)
      const high = this.view.getUint32(from + 4, true)
      if (this.view.getUint32(from + 8, true) !== this.#lengthCrc(from, low, high)) {
        this.#onFault({
          offset,
          reason: `the CRC of the length at byte ${offset} is wrong, so no record can be found from there on; ${this.#size - offset} bytes are not read`,
        })
        this.#position = this.#size
        return false
      }
      const length = high * 4_294_967_296 + low
      if (offset + headerBytes + length + footerBytes > this.#size) return false
      this.offset = offset
      this.length = length
      const right = length > this.#limits.recordBytes ? this.#passLong(length) : this.#take(length)
      if (right === null) return false
      this.wholeEnd = this.#position
      if (right) return true
      this.#onFault({ offset, reason: `the CRC of the record at byte ${offset} (${length} bytes) is wrong; the record is left out` })
    }
  }

  /** The masked CRC of the length at `from`; most records of a file have one of a few lengths. */
  #lengthCrc(from: number, low: number, high: number): number {
    const known = high === 0 && low < lengthCrcs.length ? (lengthCrcs[low] ?? 0) : 0
    if (known !== 0) return known
    const crc = maskedCrc(crc32c(this.bytes, this.view, from, from + 8))
    if (high === 0 && low < lengthCrcs.length) lengthCrcs[low] = crc
    return crc
  }

  /** Is the CRC of the data right? Null where the file ended earlier than it said. */
  #take(length: number): boolean | null {
    const whole = headerBytes + length + footerBytes
    if (!this.#hold(whole)) return null
    this.start = this.#from + headerBytes
    this.end = this.start + length
    this.#from += whole
    this.#position += whole
    return this.view.getUint32(this.end, true) === maskedCrc(crc32c(this.bytes, this.view, this.start, this.end))
  }

  /** Checks a record that is not held whole; leaves its head to look at. */
  #passLong(length: number): boolean | null {
    this.#skip(headerBytes)
    if (!this.#hold(Math.min(headOfLong, length))) return null
    const head = Buffer.from(this.bytes.subarray(this.#from, this.#from + Math.min(headOfLong, length)))
    let crc = 0
    for (let left = length; left > 0;) {
      if (!this.#hold(1)) return null
      const count = Math.min(left, this.#to - this.#from)
      crc = crc32c(this.bytes, this.view, this.#from, this.#from + count, crc)
      this.#skip(count)
      left -= count
    }
    if (!this.#hold(footerBytes)) return null
    const right = this.view.getUint32(this.#from, true) === maskedCrc(crc)
    this.#skip(footerBytes)
    // The head is put back before what is still to be read, where there is always room: the bytes there were passed already.
    this.start = 0
    this.end = head.length
    this.#makeRoom(head.length)
    head.copy(this.bytes, 0)
    return right
  }

  #skip(count: number): void {
    this.#from += count
    this.#position += count
  }

  /** Moves what is still to be read behind the first `room` bytes. */
  #makeRoom(room: number): void {
    const rest = Buffer.from(this.bytes.subarray(this.#from, this.#to))
    if (room + rest.length > this.bytes.length) this.#replace(room + rest.length)
    rest.copy(this.bytes, room)
    this.#from = room
    this.#to = room + rest.length
  }

  #replace(size: number): void {
    this.bytes = Buffer.allocUnsafeSlow(size)
    this.view = new DataView(this.bytes.buffer)
  }

  /** Sees to it that `count` bytes lie in the buffer from `#from` on; false where the file has fewer left. */
  #hold(count: number): boolean {
    if (this.#to - this.#from >= count) return true
    if (this.#position + count > this.#size) return false
    const old = this.bytes
    const held = this.#to - this.#from
    if (count > this.bytes.length) this.#replace(Math.max(count, this.#limits.blockBytes))
    old.copy(this.bytes, 0, this.#from, this.#to)
    this.#from = 0
    this.#to = held
    const wanted = Math.min(this.bytes.length - held, this.#size - this.#position - held)
    const got = this.#read(this.bytes, held, wanted, this.#position + held)
    this.#onBlock(this.bytes.subarray(held, held + got))
    this.#to += got
    return this.#to >= count
  }
}
