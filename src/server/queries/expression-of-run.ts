import { ApiError } from '#contract/api-error.ts'
import type { Derivation } from '#contract/derivation.ts'
import { pointsBefore, referencesOf, type Expression, type Reference } from '#contract/expression/ast.ts'
import { parseExpression } from '#contract/expression/parse.ts'
import { printExpression } from '#contract/expression/print.ts'
import { toApiError } from '#contract/filter/error.ts'
import { nearest } from '#contract/nearest.ts'
import type { Series } from '#contract/series-frame.ts'
import { evaluate } from '#maths/expression.ts'
import { statementOf } from '#server/store/database.ts'
import { sliceSeries } from '#server/store/points.ts'
import { memorySource } from '#server/store/series-source.ts'

import { derive } from './derived-series.ts'
import { joinSeries } from './join-series.ts'
import { findRun, type Reader, type RunRef } from './reader.ts'
import { openSeries, type OpenSeries } from './series-of-run.ts'

/** The series of an expression, with how its metrics were joined. */
interface ComputedSeries extends Series {
  exact: boolean
}

/**
 * An expression over the metrics of a run as a series, made of all their points. `invalid` with its position where it cannot be read or a
 * param of the run is no number, `not_found` where the run lacks a metric or param. To be used within one `snapshot`.
 */
export function openExpression(reader: Reader, runId: string, text: string, derivation?: Derivation): OpenSeries {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw toApiError(parsed.error)
  const { expression } = parsed
  const run = findRun(reader, runId)
  const references = referencesOf(expression)
  const inputs = new Map(
    references.flatMap(({ kind, key, at }) =>
      kind === 'metric' ? [[key, placedFault(at, () => openSeries(reader, runId, key))] as const] : [],
    ),
  )
  const params = new Map(
    references.flatMap(reference =>
      reference.kind === 'param' ? [[reference.key, paramOf(reader, { runId, run }, reference)] as const] : [],
    ),
  )
  const made = [
    'expression',
    printExpression(expression),
    [...inputs.values()].map(({ version }) => version),
    [...params.values()].map(String),
  ]
  const computed = reader.derived.get(JSON.stringify(made), () => compute(expression, inputs, params))
  const version = JSON.stringify(derivation ? [...made, derivation] : made)
  const series = derivation ? reader.derived.get(version, () => derive(computed, derivation)) : computed
  return {
    source: memorySource(series),
    whole: () => series,
    version,
    // As in the charts of its metrics, relative time begins with the first point that one of them has.
    firstTime: [...inputs.values()].reduce((least, { firstTime }) => Math.min(least, firstTime), Infinity),
    float32: false,
    resumed: [],
    total: series.values.length,
    ...(inputs.size > 1 && { join: computed.exact ? 'exact' : 'carried' }),
  }
}

function compute(expression: Expression, inputs: ReadonlyMap<string, OpenSeries>, params: ReadonlyMap<string, number>): ComputedSeries {
  const keys = [...inputs.keys()]
  const { steps, times, columns, exact } = joinSeries([...inputs.values()].map(({ whole }) => whole()))
  const values = evaluate(expression, times.length, {
    metric: key => columns[keys.indexOf(key)]!,
    param: key => params.get(key)!,
  })
  return { ...sliceSeries({ steps, times, values: new Float64Array(values) }, pointsBefore(expression), times.length), exact }
}

/** A param of a run, which must be a number. */
function paramOf({ database }: Reader, { runId, run }: { runId: string; run: RunRef }, { key, at }: Reference): number {
  const row = statementOf(
    database,
    "select text from fact join key on key.no = fact.key where kind = 'param' and name = ? and project = ? and run = ?",
  ).get(key, run.project, run.no)
  if (row) {
    const text = String(row['text'])
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isNaN(value)) return value
    const message = `Param ${key} of run ${runId} is ${JSON.stringify(text)}, and an expression takes numbers.`
    throw new ApiError('invalid', message, { expected: 'a number', ...(at && { position: at }) })
  }
  const names = database
    .prepare("select name from project_key join key on key.no = key where project = ? and kind = 'param'")
    .all(run.project)
  const near = nearest(
    key,
    names.map(known => String(known['name'])),
  )
  const hints = { ...(at && { position: at }), ...(near !== undefined && { nearest: near }) }
  throw new ApiError('not_found', `Run ${runId} has no param ${key}.`, hints)
}

/** What is thrown says where in the expression the metric stands. */
function placedFault<Result>(at: Reference['at'], open: () => Result): Result {
  try {
    return open()
  } catch (error) {
    if (error instanceof ApiError && at) throw new ApiError(error.kind, error.message, { ...error.detail, position: at })
    throw error
  }
}
