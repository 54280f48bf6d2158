import { parseTolerantJson } from '#lib/tolerant-json.ts'

import { EvaluationError } from './evaluation-error.ts'

/** What a JSON text says, a byte order mark passed over. Throws `EvaluationError`; `what` begins its sentence. */
export function parseJson(text: string, what = 'This'): unknown {
  try {
    return parseTolerantJson(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new EvaluationError(`${what} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
