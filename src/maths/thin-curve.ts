/** Bins along a curve: finer than a pixel of any chart. */
const bins = 1_000
/** Bins of each decade of `x` below 1, for logarithmic axes. */
const decadeBins = 100

/**
 * Indices of the points of a curve that draw it: of a long one those between which nothing as large as a thousandth of the unit square lies,
 * on a linear and on a logarithmic axis down to 1e-5. `x` rises from 0 to 1 and `y` lies in 0–1. Ends and what reaches furthest up and down in a bin are kept.
 */
export function thinCurve(x: Float64Array, y: Float64Array): number[] {
  const corners = cornersOf(x, y)
  if (corners.length <= bins) return corners
  const kept = new Set<number>()
  for (const binOf of [linearBin, logBin]) {
    let at = 0
    while (at < corners.length) {
      const bin = binOf(x[corners[at]!]!)
      const first = at
      let [low, high] = [at, at]
      while (at < corners.length && binOf(x[corners[at]!]!) === bin) {
        if (y[corners[at]!]! < y[corners[low]!]!) low = at
        if (y[corners[at]!]! > y[corners[high]!]!) high = at
        at += 1
      }
      for (const place of [first, low, high, at - 1]) kept.add(corners[place]!)
    }
  }
  return [...kept].sort((a, b) => a - b)
}

function linearBin(x: number): number {
  return Math.floor(x * bins)
}

function logBin(x: number): number {
  return Math.floor(Math.log10(Math.max(x, 1e-5)) * decadeBins)
}

/** Points that lie on no straight line, across or up, between their neighbours. */
function cornersOf(x: Float64Array, y: Float64Array): number[] {
  const corners: number[] = []
  for (let at = 0; at < x.length; at += 1) {
    const isInside = at > 0 && at < x.length - 1
    if (isInside && ((x[at - 1] === x[at] && x[at] === x[at + 1]) || (y[at - 1] === y[at] && y[at] === y[at + 1]))) continue
    corners.push(at)
  }
  return corners
}
