import { pageBytes } from './points.ts'

/**
 * One blob of series of one run: magic u32, entries u32, then 16 bytes an entry (key number u32, points u32,
 * offset of its block u32, reserved u32), then the blocks in the order of the entries. Offsets count from the start of the page.
 * Rows of the log have the same layout.
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
  const view = viewOf(page)
  const entries = view.getUint32(4, true)
  for (let index = 0; index < entries; index += 1) {
    if (view.getUint32(8 + index * 16, true) === key) return view.getUint32(16 + index * 16, true)
  }
  return -1
}

/** A series in a page: its key number and its points as `encodeBlock` writes them. */
export interface PageBlock {
  key: number
  points: number
  bytes: Uint8Array
}

/** The blocks of a page as views of it, in its order. Throws for bytes that are no page. */
export function pageBlocks(page: Uint8Array): PageBlock[] {
  const view = viewOf(page)
  const word = (at: number) => view.getUint32(at, true)
  const entries = word(4)
  return Array.from({ length: entries }, (_, index) => {
    const at = 8 + index * 16
    const end = index + 1 < entries ? word(at + 24) : page.length
    return { key: word(at), points: word(at + 4), bytes: page.subarray(word(at + 8), end) }
  })
}

/** One page that holds the blocks. */
export function joinBlocks(blocks: readonly PageBlock[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(sizeOf(blocks))
  const entries: PageEntry[] = []
  let offset = 0
  for (const { key, points, bytes } of blocks) {
    entries.push({ key, points, offset })
    joined.set(bytes, offset)
    offset += bytes.length
  }
  return encodePage(entries, joined)
}

/** Blocks in groups that fit a page each, about equally full, so that all of them have room to grow before they split again. */
export function splitBlocks(blocks: readonly PageBlock[]): PageBlock[][] {
  const total = sizeOf(blocks)
  const share = total / Math.ceil(total / pageBytes)
  const groups: PageBlock[][] = []
  let group: PageBlock[] = []
  let size = 0
  for (const block of blocks) {
    if (size > 0 && (size >= share || size + block.bytes.length > pageBytes)) {
      groups.push(group)
      group = []
      size = 0
    }
    group.push(block)
    size += block.bytes.length
  }
  if (group.length > 0) groups.push(group)
  return groups
}

/** Bytes of the blocks together. */
export function sizeOf(blocks: readonly PageBlock[]): number {
  return blocks.reduce((sum, block) => sum + block.bytes.length, 0)
}

function viewOf(page: Uint8Array): DataView {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength)
  if (page.length < 8 || view.getUint32(0, true) !== magic) throw new Error('A page of series does not start with RPAG')
  return view
}
