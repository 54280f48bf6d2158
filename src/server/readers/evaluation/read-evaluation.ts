import type { Evaluation } from '#contract/evaluation.ts'

import { readDvcPlot } from './dvc-plots.ts'
import { readOwnJson } from './own-json.ts'
import { parseJson } from './parse-json.ts'

/** Evaluation data of the text of a JSON file, which its content makes it; null for other JSON. Throws `EvaluationError` with what is wrong and where. */
export function readEvaluation(text: string): Evaluation | null {
  const json = parseJson(text)
  return readOwnJson(json) ?? readDvcPlot(json)
}
