import { evaluation, evaluationKinds, type Evaluation } from '#contract/evaluation.ts'
import { toFloat64 } from '#contract/int64.ts'
import { nearest } from '#contract/nearest.ts'

import { EvaluationError } from './evaluation-error.ts'

/** Evaluation data in our own format; null for JSON of any other kind. Throws `EvaluationError` for a field that is not as the format has it. */
export function readOwnJson(json: unknown): Evaluation | null {
  if (typeof json !== 'object' || json === null || !('kind' in json)) return null
  const { kind } = json
  if (typeof kind !== 'string' || !kind.startsWith('readout/')) return null
  if (!evaluationKinds.includes(kind)) {
    const near = nearest(kind, evaluationKinds)
    throw new EvaluationError(
      `kind is ${JSON.stringify(kind)}, expected one of ${evaluationKinds.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`,
    )
  }
  const { data, error } = evaluation.safeParse(wireNumbers(json))
  if (!data) {
    const [issue] = error.issues
    throw new EvaluationError(`${pathText(issue?.path ?? [])}: ${issue?.message ?? 'not as the format has it'}.`)
  }
  checkLengths(data)
  return data
}

/** Numbers that JSON has no sign for, as the words that stand for them. */
function wireNumbers(value: unknown): unknown {
  if (typeof value === 'number') return toFloat64(value)
  if (Array.isArray(value)) return value.map(wireNumbers)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wireNumbers(item)]))
  return value
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`),
    '',
  )
}

function checkLengths(data: Evaluation): void {
  if (data.kind === 'readout/confusion-matrix') checkMatrix(data.labels, data.counts)
  else for (const [index, curve] of data.curves.entries()) checkCurve(`curves[${index}]`, curve)
}

function checkMatrix(labels: readonly string[], counts: readonly (readonly number[])[]): void {
  const size = labels.length
  if (new Set(labels).size < size)
    throw new EvaluationError(`labels name a class twice: ${labels.find((label, at) => labels.indexOf(label) < at)}.`)
  if (counts.length !== size) throw new EvaluationError(`counts has ${counts.length} rows, expected ${size}, one for each label.`)
  const at = counts.findIndex(row => row.length !== size)
  if (at >= 0) throw new EvaluationError(`counts[${at}] has ${counts[at]?.length} numbers, expected ${size}, one for each label.`)
}

function checkCurve(name: string, curve: object): void {
  const lists = Object.entries(curve).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]))
  const [first] = lists
  const other = lists.find(([, list]) => list.length !== first?.[1].length)
  if (first && other)
    throw new EvaluationError(`${name}.${other[0]} has ${other[1].length} numbers, expected ${first[1].length}, as many as ${first[0]}.`)
}
