/**
 * One blob of short series of one run: magic u32, entries u32, then 16 bytes an entry (key number u32, points u32,
 * offset of its block u32, reserved u32), then the blocks. Offsets count from the start of the page.
 */
const magic = 0x47415052 // "RPAG", little-endian

export interface PageEntry {
  key: number
  points: number
  /** Of the block, from the start of `blocks`. */
  offset: number
}

export function encodePage(entries: readonly PageEntry[], blocks: Uint8Array): Uint8Array<ArrayBuffer> {
  const start = 8 + entries.length * 16
  const page = new Uint8Array(start + blocks.length)
  const words = new Uint32Array(page.buffer, 0, start / 4)
  words[0] = magic
  words[1] = entries.length
  for (const [index, entry] of entries.entries()) words.set([entry.key, entry.points, start + entry.offset, 0], 2 + index * 4)
  page.set(blocks, start)
  return page
}

/** Offset of the block of `key` in the page; −1 where the page does not hold it. Throws for bytes that are no page. */
export function findInPage(page: Uint8Array, key: number): number {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
  if (page.length < 8 || view.getUint32(0, true) !== magic) throw new Error('A page of series does not start with RPAG')
  const entries = view.getUint32(4, true)
  for (let index = 0; index < entries; index += 1) {
    if (view.getUint32(8 + index * 16, true) === key) return view.getUint32(16 + index * 16, true)
  }
  return -1
}
