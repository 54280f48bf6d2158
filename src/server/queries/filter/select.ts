import type { Level, Order } from './sort-keys.ts'

/** About the golden section: its multiples visit a range evenly, whatever order the range is in. */
const goldenSection = 0.6180339887
/** Runs visited one after the other, since memory is fast in order. */
const block = 32

/**
 * The `count` first positions of `matches` under an order, unsorted, by a heap whose root is the last of them. Positions are visited out of
 * order, since runs mostly lie in the order of their start and the newest are wanted: in that order each would go through the heap.
 */
export function firstInOrder(matches: Uint8Array, size: number, count: number, primary: Level, order: Order): Uint32Array {
  const heap = new Uint32Array(count)
  const { keys, direction } = primary
  const blocks = Math.ceil(size / block)
  const stride = coprimeStride(blocks)
  let used = 0
  let worst = Number.NaN
  for (let visited = 0, at = 0; visited < blocks; visited += 1, at = (at + stride) % blocks) {
    const end = Math.min(size, (at + 1) * block)
    for (let position = at * block; position < end; position += 1) {
      if (used < count) {
        if (matches[position] === 0) continue
        heap[used] = position
        used += 1
        siftUp(heap, used - 1, order)
      } else {
        const key = keys[position]! * direction
        if (key > worst || (Number.isNaN(key) && !Number.isNaN(worst))) continue
        if (matches[position] === 0 || order(position, heap[0]!) >= 0) continue
        heap[0] = position
        siftDown(heap, used, order)
      }
      worst = keys[heap[0]!]! * direction
    }
  }
  return heap.subarray(0, used)
}

function coprimeStride(length: number): number {
  let stride = Math.max(1, Math.floor(length * goldenSection))
  while (commonDivisor(stride, length) > 1) stride -= 1
  return stride
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

function siftUp(heap: Uint32Array, from: number, order: Order): void {
  const item = heap[from]!
  let at = from
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (order(heap[parent]!, item) >= 0) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = item
}

function siftDown(heap: Uint32Array, used: number, order: Order): void {
  const item = heap[0]!
  let at = 0
  while (true) {
    let child = at * 2 + 1
    if (child >= used) break
    if (child + 1 < used && order(heap[child + 1]!, heap[child]!) > 0) child += 1
    if (order(item, heap[child]!) >= 0) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = item
}

/** Moves the positions that belong before `boundary` under the order in front of it (Hoare's selection). */
export function partitionAt(positions: Uint32Array, boundary: number, order: Order, from = 0, to = positions.length): void {
  let low = from
  let high = to - 1
  while (low < high && boundary > low && boundary <= high) {
    const pivot = middleOfThree(positions, low, high, order)
    let left = low
    let right = high
    while (left <= right) {
      while (order(positions[left]!, pivot) < 0) left += 1
      while (order(positions[right]!, pivot) > 0) right -= 1
      if (left > right) break
      const swapped = positions[left]!
      positions[left] = positions[right]!
      positions[right] = swapped
      left += 1
      right -= 1
    }
    if (boundary <= right) high = right
    else if (boundary >= left) low = left
    else break
  }
}

/** Taken at random: any fixed choice has inputs for which selection takes time in the square of the length. */
function middleOfThree(positions: Uint32Array, low: number, high: number, order: Order): number {
  const pick = (): number => positions[low + Math.floor(Math.random() * (high - low + 1))]!
  const [a, b, c] = [pick(), pick(), pick()]
  if (order(a, b) < 0) return order(b, c) < 0 ? b : order(a, c) < 0 ? c : a
  return order(a, c) < 0 ? a : order(b, c) < 0 ? c : b
}
