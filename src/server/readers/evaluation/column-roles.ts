/** Which columns of a table of predictions hold what. A column that is not there is empty. */
export interface PredictionColumns {
  label: string
  prediction: string
  /** The score of the positive class, where there is one column. */
  score: string
  /** Scores of classes, a column each. */
  scores: readonly { column: string; label: string }[]
}

const labelNames = new Set([
  'label',
  'actual',
  'target',
  'y_true',
  'true',
  'truth',
  'ground_truth',
  'y',
  'true_label',
  'targets',
  'actuals',
])
const predictionNames = new Set(['prediction', 'predicted', 'y_pred', 'pred', 'predictions', 'predicted_label', 'output', 'outputs'])
const scoreNames = new Set(['score', 'prob', 'probability', 'proba', 'y_score', 'y_prob', 'prediction_score', 'positive_score'])
const classScore = /^(?:score|prob|proba|probability|p)(?:s?[:/.]|_)(.+)$/i

/**
 * What the columns of a table of predictions hold, by their names: `label`, `prediction` and `score` or `score:<class>` (our own format), else the
 * words that libraries use for them. `problem` says why the names leave it open; null where no name speaks of labels with predictions or scores.
 */
export function guessColumns(columns: readonly string[]): { roles: PredictionColumns | null; problem: string } | null {
  const scores = columns.flatMap(column => {
    const label = classScore.exec(column)?.[1]
    return label === undefined || scoreNames.has(column.toLowerCase()) ? [] : [{ column, label }]
  })
  const labels = named(columns, 'label', labelNames)
  const predictions = named(columns, 'prediction', predictionNames)
  const single = named(columns, 'score', scoreNames)
  if (labels.length === 0 || predictions.length + single.length + scores.length === 0) return null
  const several = Object.entries({ label: labels, prediction: predictions, score: scores.length > 1 ? [] : single }).find(
    ([, names]) => names.length > 1,
  )
  if (several) return { roles: null, problem: `Which column is the ${several[0]}: ${several[1].join(' or ')}?` }
  const [label = ''] = labels
  const [prediction = ''] = predictions
  const [score = ''] = scores.length > 1 ? [] : single
  return { roles: { label, prediction, score, scores: scores.length > 1 ? scores : [] }, problem: '' }
}

/** Columns of one of the names; only the one of our own format where it is there. */
function named(columns: readonly string[], own: string, names: ReadonlySet<string>): string[] {
  return columns.includes(own) ? [own] : columns.filter(column => names.has(column.toLowerCase()))
}
