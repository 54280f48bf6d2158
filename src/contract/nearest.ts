/** Longer words are only compared for equal letters: the distance costs time in the square of the length. */
const longestWord = 64

/**
 * Returns the name that `word` was most likely meant to be, or undefined where none is near: case apart, at most a third of the letters
 * (and at least one) may be wrong, missing, extra or swapped with their neighbour. The first of equally near names wins.
 */
export function nearest(word: string, names: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  let best: string | undefined
  let limit = wanted.length > longestWord ? 0 : Math.max(1, Math.floor(wanted.length / 3))
  for (const name of names) {
    const candidate = name.toLowerCase()
    if (candidate === wanted) return name
    if (limit === 0 || Math.abs(candidate.length - wanted.length) > limit) continue
    const distance = editDistance(wanted, candidate)
    if (distance > limit || (distance === limit && best !== undefined)) continue
    best = name
    limit = distance
  }
  return best
}

/** Optimal string alignment: Levenshtein's distance where two swapped neighbours count as one fault. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
