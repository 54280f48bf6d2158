/** How a binary classifier ranks examples: what it takes for positive at each threshold that a score has, from the greatest score down. */
export interface Ranking {
  /** Scores, falling; an example is taken for positive whose score is not less. */
  thresholds: Float64Array
  /** Positives, and negatives, among the examples taken for positive. Lists of the same length. */
  truePositives: Float64Array
  falsePositives: Float64Array
  positives: number
  negatives: number
  /** Examples without a place in the ranking, since their score is NaN. */
  unranked: number
}

/** Ranks examples of which `isPositive` (1 or 0) tells the class. Equal scores share one threshold, whatever their order. O(n log n). */
export function rankScores(isPositive: ArrayLike<number>, scores: ArrayLike<number>): Ranking {
  const [upper, lower] = [new Float64Array(scores.length), new Float64Array(scores.length)]
  let [positives, negatives] = [0, 0]
  for (let at = 0; at < scores.length; at += 1) {
    // Of −0 and 0, which sort apart and are equal, one.
    const score = (scores[at] ?? Number.NaN) + 0
    if (Number.isNaN(score)) continue
    if (isPositive[at]) upper[positives++] = score
    else lower[negatives++] = score
  }
  const unranked = scores.length - positives - negatives
  return { ...merged(upper.subarray(0, positives).sort(), lower.subarray(0, negatives).sort()), positives, negatives, unranked }
}

/** Walks two rising lists from their ends, a threshold for each value that is in either. */
function merged(upper: Float64Array, lower: Float64Array): Pick<Ranking, 'thresholds' | 'truePositives' | 'falsePositives'> {
  const thresholds = new Float64Array(upper.length + lower.length)
  const truePositives = new Float64Array(thresholds.length)
  const falsePositives = new Float64Array(thresholds.length)
  let [above, below, count] = [upper.length - 1, lower.length - 1, 0]
  while (above >= 0 || below >= 0) {
    const threshold = Math.max(above >= 0 ? upper[above]! : -Infinity, below >= 0 ? lower[below]! : -Infinity)
    while (above >= 0 && upper[above] === threshold) above -= 1
    while (below >= 0 && lower[below] === threshold) below -= 1
    thresholds[count] = threshold
    truePositives[count] = upper.length - 1 - above
    falsePositives[count] = lower.length - 1 - below
    count += 1
  }
  return {
    thresholds: thresholds.subarray(0, count),
    truePositives: truePositives.subarray(0, count),
    falsePositives: falsePositives.subarray(0, count),
  }
}
