/** CRC-32C (Castagnoli), reflected. */
const polynomial = 0x82f63b78
/** Eight tables of 256, one after the other: table n gives the CRC of a byte followed by n zero bytes ("slicing by 8"). */
const tables = makeTables()

function makeTables(): Int32Array<ArrayBuffer> {
  const made = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1
    made[byte] = crc
  }
  for (let index = 256; index < made.length; index += 1) {
    const before = made[index - 256] ?? 0
    made[index] = (before >>> 8) ^ (made[before & 0xff] ?? 0)
  }
  return made
}

/**
 * CRC-32C of `bytes[start, end)`, unsigned; `view` is one of the same bytes. `before` is the CRC of what came before them, so that a
 * long record may come in parts.
 */
export function crc32c(bytes: Uint8Array, view: DataView, start: number, end: number, before = 0): number {
  let crc = ~before
  let at = start
  for (const last = end - 8; at <= last; at += 8) {
    const low = crc ^ view.getInt32(at, true)
    const high = view.getInt32(at + 4, true)
    crc =
      (tables[1792 + (low & 0xff)] ?? 0) ^
      (tables[1536 + ((low >>> 8) & 0xff)] ?? 0) ^
      (tables[1280 + ((low >>> 16) & 0xff)] ?? 0) ^
      (tables[1024 + (low >>> 24)] ?? 0) ^
      (tables[768 + (high & 0xff)] ?? 0) ^
      (tables[512 + ((high >>> 8) & 0xff)] ?? 0) ^
      (tables[256 + ((high >>> 16) & 0xff)] ?? 0) ^
      (tables[high >>> 24] ?? 0)
  }
  for (; at < end; at += 1) crc = (crc >>> 8) ^ (tables[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0)
  return ~crc >>> 0
}

/** The form in which TFRecord stores a CRC (tensorflow/core/lib/hash/crc32c.h): a CRC over bytes that hold CRCs is a poor one. */
export function maskedCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0
}
