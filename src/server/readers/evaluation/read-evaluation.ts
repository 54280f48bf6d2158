import type { Evaluation } from '#contract/evaluation.ts'
import { parseTolerantJson } from '#lib/tolerant-json.ts'

import { readDvcPlot } from './dvc-plots.ts'
import { EvaluationError } from './evaluation-error.ts'
import { readOwnJson } from './own-json.ts'

/** Evaluation data of the text of a JSON file, which its content makes it; null for other JSON. Throws `EvaluationError` with what is wrong and where. */
export function readEvaluation(text: string): Evaluation | null {
  const json = parsed(text)
  return readOwnJson(json) ?? readDvcPlot(json)
}

function parsed(text: string): unknown {
  try {
    return parseTolerantJson(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new EvaluationError(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
