/**
 * Values smoothed point by point; those that are not finite stay where they are as NaN and do not touch the others. Each function takes
 * the values of a series in its order and gives as many back.
 */

/**
 * Exponential moving average with the bias of its start taken out (Kingma & Ba 2014; TensorBoard's smoothing): of `weight` 0 the values
 * themselves, the smoother the nearer it comes to 1.
 */
export function exponentialAverage(values: Float64Array, weight: number): Float64Array<ArrayBuffer> {
  const smoothed = new Float64Array(values.length)
  let average = 0
  let debias = 1
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!
    if (!Number.isFinite(value)) {
      smoothed[at] = Number.NaN
      continue
    }
    average = average * weight + value * (1 - weight)
    debias *= weight
    smoothed[at] = average / (1 - debias)
  }
  return smoothed
}

/** Standard deviations beyond which a weight is no longer worth its time: together they weigh 0.3 %. */
const reach = 3

/** Average under a Gaussian of `sigma` points around each point; at the ends of the series, of the points that are there. */
export function gaussianAverage(values: Float64Array, sigma: number): Float64Array<ArrayBuffer> {
  const radius = Math.ceil(sigma * reach)
  const weights = Float64Array.from({ length: radius + 1 }, (_, distance) => Math.exp(-(distance ** 2) / (2 * sigma ** 2)))
  return weighted(values, weights)
}

/** Average of so many points around each point, an odd number; at the ends of the series, of those that are there. */
export function runningAverage(values: Float64Array, points: number): Float64Array<ArrayBuffer> {
  return weighted(values, new Float64Array(Math.floor(points / 2) + 1).fill(1))
}

/** Averages with weights by the distance in points, on both sides. */
function weighted(values: Float64Array, weights: Float64Array): Float64Array<ArrayBuffer> {
  const smoothed = new Float64Array(values.length)
  const radius = weights.length - 1
  for (let at = 0; at < values.length; at += 1) {
    if (!Number.isFinite(values[at]!)) {
      smoothed[at] = Number.NaN
      continue
    }
    let average = 0
    let weight = 0
    const end = Math.min(values.length - 1, at + radius)
    for (let other = Math.max(0, at - radius); other <= end; other += 1) {
      const value = values[other]!
      if (!Number.isFinite(value)) continue
      const share = weights[Math.abs(other - at)]!
      weight += share
      // A mean kept as it goes: a sum of values near the end of the range of doubles would leave it.
      average += (value - average) * (share / weight)
    }
    smoothed[at] = average
  }
  return smoothed
}

/** The best value up to each point. */
export function bestSoFar(values: Float64Array, direction: 'min' | 'max'): Float64Array<ArrayBuffer> {
  const best = new Float64Array(values.length)
  let held = Number.NaN
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!
    if (Number.isFinite(value) && !(direction === 'min' ? value >= held : value <= held)) held = value
    best[at] = held
  }
  return best
}
