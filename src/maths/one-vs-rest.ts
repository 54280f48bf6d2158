import { rankScores, type Ranking } from './ranking.ts'

/** A ranking of all examples for each class: `scores` by class, each a list over examples, and `labels` the number of the class of each example. */
export function oneVsRest(labels: ArrayLike<number>, scores: readonly ArrayLike<number>[]): Ranking[] {
  return scores.map((own, name) =>
    rankScores(
      Uint8Array.from(labels, label => Number(label === name)),
      own,
    ),
  )
}

/** The micro-average: each pair of an example and a class is an example of its own. */
export function pooledRanking(labels: ArrayLike<number>, scores: readonly ArrayLike<number>[]): Ranking {
  const isPositive = new Uint8Array(labels.length * scores.length)
  const pooled = new Float64Array(isPositive.length)
  for (const [name, own] of scores.entries()) {
    for (let at = 0; at < labels.length; at += 1) {
      isPositive[name * labels.length + at] = Number(labels[at] === name)
      pooled[name * labels.length + at] = own[at] ?? Number.NaN
    }
  }
  return rankScores(isPositive, pooled)
}

/** The mean of a value over classes, plain (macro) or weighted by how often each is the actual one; NaN where it is NaN for a class. */
export function meanOverClasses(rankings: readonly Ranking[], valueOf: (ranking: Ranking) => number, weighted: boolean): number {
  const weightOf = ({ positives }: Ranking): number => (weighted ? positives : 1)
  const weights = rankings.reduce((sum, ranking) => sum + weightOf(ranking), 0)
  return rankings.reduce((sum, ranking) => sum + valueOf(ranking) * weightOf(ranking), 0) / weights
}
