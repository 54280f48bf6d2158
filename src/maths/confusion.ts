/** Counts of a classifier over K classes, row by row: K × K, rows the actual class and columns the predicted one. */
export type Confusion = Float64Array

/**
 * Counts pairs of actual and predicted class, both numbers from 0 to `classes` − 1. Pairs of which either is no such number (−1 for a class
 * that is not known) are left out.
 */
export function confusionMatrix(actual: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): Confusion {
  const counts = new Float64Array(classes * classes)
  const isClass = (value: number): boolean => value >= 0 && value < classes
  for (let at = 0; at < actual.length; at += 1) {
    const row = actual[at] ?? -1
    const column = predicted[at] ?? -1
    if (isClass(row) && isClass(column)) counts[row * classes + column]! += 1
  }
  return counts
}

export type Normalization = 'row' | 'column' | 'all'

/** Shares of the counts of a row (recall), of a column (precision) or of all, from 0 to 1; 0 where there is nothing to share, as scikit-learn has it. */
export function normalizeConfusion(counts: Confusion, classes: number, by: Normalization): Float64Array {
  const { rows, columns, total } = marginsOf(counts, classes)
  return counts.map((count, at) => {
    const whole = by === 'row' ? rows[Math.floor(at / classes)] : by === 'column' ? columns[at % classes] : total
    return ratio(count, whole ?? 0)
  })
}

export interface ClassScores {
  precision: number
  recall: number
  f1: number
}

export interface ConfusionReport {
  /** By class; `support` is how often it is the actual one. */
  classes: (ClassScores & { support: number })[]
  accuracy: number
  /** The plain mean over classes. */
  macro: ClassScores
  /** The mean over classes weighted by support. */
  weighted: ClassScores
  /** Of all counts together; where each example has one class, all three equal the accuracy. */
  micro: ClassScores
}

/** Precision, recall and F1. What would be divided by 0 is 0, as in scikit-learn's `classification_report`; so is all of an empty matrix. */
export function confusionReport(counts: Confusion, classes: number): ConfusionReport {
  const { rows, columns, total } = marginsOf(counts, classes)
  const scores = Array.from({ length: classes }, (_, at) => {
    const hits = counts[at * classes + at] ?? 0
    const support = rows[at] ?? 0
    return {
      precision: ratio(hits, columns[at] ?? 0),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + (columns[at] ?? 0)),
      support,
    }
  })
  const hits = scores.reduce((sum, _, at) => sum + (counts[at * classes + at] ?? 0), 0)
  const accuracy = ratio(hits, total)
  return {
    classes: scores,
    accuracy,
    macro: meanOf(scores, () => 1),
    weighted: meanOf(scores, ({ support }) => support),
    micro: { precision: accuracy, recall: accuracy, f1: accuracy },
  }
}

function meanOf(scores: ConfusionReport['classes'], weightOf: (scores: ConfusionReport['classes'][number]) => number): ClassScores {
  const weights = scores.reduce((sum, score) => sum + weightOf(score), 0)
  const mean = (name: keyof ClassScores): number =>
    ratio(
      scores.reduce((sum, score) => sum + score[name] * weightOf(score), 0),
      weights,
    )
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') }
}

function marginsOf(counts: Confusion, classes: number): { rows: Float64Array; columns: Float64Array; total: number } {
  const rows = new Float64Array(classes)
  const columns = new Float64Array(classes)
  let total = 0
  for (const [at, count] of counts.entries()) {
    rows[Math.floor(at / classes)]! += count
    columns[at % classes]! += count
    total += count
  }
  return { rows, columns, total }
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
