/** Distance of two labels in px. */
export const labelDistance = 14

/**
 * Moves places (px from the top, any order) apart to at least `distance` and between `min` and `max` where they fit, each as near to its own
 * place as the others let it. The result has the order of the places given.
 */
export function pushApart(places: readonly number[], min: number, max: number, distance = labelDistance): number[] {
  const order = places.map((_, index) => index).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b)
  /** Neighbours that touch stand as a block around the mean of what they want. */
  const blocks: { sum: number; count: number; indices: number[] }[] = []
  const start = (block: { sum: number; count: number }): number => {
    const wanted = block.sum / block.count - ((block.count - 1) * distance) / 2
    return Math.max(min, Math.min(wanted, max - (block.count - 1) * distance))
  }
  for (const index of order) {
    let block = { sum: places[index] ?? 0, count: 1, indices: [index] }
    for (;;) {
      const above = blocks.at(-1)
      if (!above || start(above) + above.count * distance <= start(block)) break
      blocks.pop()
      block = { sum: above.sum + block.sum, count: above.count + block.count, indices: [...above.indices, ...block.indices] }
    }
    blocks.push(block)
  }
  const result = [...places]
  for (const block of blocks) block.indices.forEach((index, at) => (result[index] = start(block) + at * distance))
  return result
}
