/**
 * Positions from 0 to `count` in their order. Only stretches that are out of order are sorted: what stands behind all before it and before
 * all behind it stays. So a series of which a small part came out of order costs little more than a look at it. No two positions are equal.
 */
export function sortedOrder(count: number, compare: (a: number, b: number) => number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(count)
  /** The least of all from a position on. */
  const least = new Uint32Array(count)
  for (let at = count - 1; at >= 0; at -= 1) {
    order[at] = at
    least[at] = at === count - 1 || compare(at, least[at + 1]!) < 0 ? at : least[at + 1]!
  }
  let start = 0
  let greatest = 0
  for (let at = 0; at < count; at += 1) {
    if (at === start || compare(at, greatest) > 0) greatest = at
    if (at < count - 1 && compare(greatest, least[at + 1]!) > 0) continue
    if (at > start) order.subarray(start, at + 1).sort(compare)
    start = at + 1
  }
  return order
}
