import { className, sortedNames } from './class-names.ts'
import type { PredictionColumns } from './column-roles.ts'
import { EvaluationError } from './evaluation-error.ts'
import { NumberList } from './number-list.ts'
import type { Table } from './table.ts'

/** What a table of predictions says, example by example. Classes are numbers in the order of `classes`, −1 where there is none. */
export interface Predictions {
  classes: string[]
  actual: Float64Array
  /** Null where neither predictions nor scores of all classes are given. */
  predicted: Float64Array | null
  /** Scores of the positive class, for two classes with one column; the positive one is the last. */
  score: Float64Array | null
  /** Scores by class, in the order of `classes`; NaN for all examples of a class without a column. */
  scores: Float64Array[] | null
}

/** Reads a table of predictions. Throws `EvaluationError` for a column that is not there, or no example. */
export async function readPredictions(table: Table, roles: PredictionColumns): Promise<Predictions> {
  const wanted = [roles.label, roles.prediction, roles.score, ...roles.scores.map(({ column }) => column)]
  const missing = wanted.find(column => column !== '' && !table.columns.includes(column))
  if (missing !== undefined)
    throw new EvaluationError(`There is no column ${missing} any more; the columns are ${table.columns.join(', ')}.`)
  const codes = new Codes()
  const [actual, predicted, score] = [new NumberList(), new NumberList(), new NumberList()]
  const scores = roles.scores.map(() => new NumberList())
  await table.each(wanted, values => {
    actual.push(codes.of(values[0]))
    if (roles.prediction !== '') predicted.push(codes.of(values[1]))
    if (roles.score !== '') score.push(asScore(values[2]))
    for (const [at, list] of scores.entries()) list.push(asScore(values[3 + at]))
  })
  if (actual.length === 0) throw new EvaluationError('This table has no rows.')
  const scored = roles.scores.map(({ label }) => className(label) ?? label)
  for (const name of scored) codes.of(name)
  const classes = sortedNames(codes.names)
  const places = Float64Array.from(codes.names, name => classes.indexOf(name))
  const byClass =
    scored.length === 0
      ? null
      : classes.map(name => scores[scored.indexOf(name)]?.values() ?? new Float64Array(actual.length).fill(Number.NaN))
  return {
    classes,
    actual: ordered(actual.values(), places),
    predicted: roles.prediction === '' ? byClass && greatest(byClass, actual.length) : ordered(predicted.values(), places),
    score: roles.score === '' ? null : score.values(),
    scores: byClass,
  }
}

/** Numbers of names in the order of their first coming. */
class Codes {
  readonly names: string[] = []
  readonly #codes = new Map<unknown, number>()

  of(value: unknown): number {
    const known = this.#codes.get(value)
    if (known !== undefined) return known
    const name = className(value)
    let code = name === null ? -1 : this.names.indexOf(name)
    if (code < 0 && name !== null) code = this.names.push(name) - 1
    this.#codes.set(value, code)
    return code
  }
}

function ordered(codes: Float64Array, places: Float64Array): Float64Array {
  return codes.map(code => places[code] ?? -1)
}

function asScore(value: unknown): number {
  if (typeof value === 'number') return value
  if (value === null || value === undefined || value === '') return Number.NaN
  return Number(value)
}

/** The class with the greatest score of each example; of equal ones the first, as argmax has it. */
function greatest(scores: readonly Float64Array[], length: number): Float64Array {
  const best = new Float64Array(length).fill(-1)
  for (let at = 0; at < length; at += 1) {
    let most = Number.NEGATIVE_INFINITY
    for (const [name, own] of scores.entries()) {
      const score = own[at]!
      if (score > most || (best[at] === -1 && score === most)) {
        most = score
        best[at] = name
      }
    }
  }
  return best
}
