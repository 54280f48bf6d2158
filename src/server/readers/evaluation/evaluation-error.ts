/** Evaluation data that cannot be read; the message names the field and what was expected. */
export class EvaluationError extends Error {
  override name = 'EvaluationError'
}
