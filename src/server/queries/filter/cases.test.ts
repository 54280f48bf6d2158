import { expect, test } from 'vitest'

import { ApiError } from '#contract/api-error.ts'
import { toApiError } from '#contract/filter/error.ts'
import { parseFilter } from '#contract/filter/parse.ts'

import { columnOf, readCases } from './cases.ts'
import { compileFilter } from './evaluate.ts'

const { now, runs, cases, mlflow, errors } = readCases()

function matching(text: string): string[] {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw toApiError(parsed.error)
  const filter = compileFilter(parsed.filter, { now })
  const matches = filter.run(
    filter.operands.map(operand => columnOf(runs, operand)),
    runs.length,
  )
  expect(matches.length).toBe(runs.length)
  return runs.filter((_, index) => matches[index] === 1).map(run => run.name)
}

test.each(cases)('$filter', ({ filter, runs }) => {
  expect(matching(filter)).toEqual(runs)
})

test.each(mlflow)('as MLflow: $filter', ({ filter, runs: fromMlflow, readout }) => {
  const loggable = new Set(runs.filter(run => run.loggable).map(run => run.name))
  expect(matching(filter).filter(name => loggable.has(name))).toEqual(readout ?? fromMlflow)
})

test.each(errors)('$filter is refused', ({ filter, start, end, message, nearest }) => {
  let error: unknown
  try {
    matching(filter)
  } catch (thrown) {
    error = thrown
  }
  expect(error).toBeInstanceOf(ApiError)
  const { detail } = error as ApiError
  expect({ message: (error as ApiError).message, ...detail.position, nearest: detail.nearest }).toEqual({ message, start, end, nearest })
})

test('the specification is as long as it says', () => {
  expect(cases.length).toBeGreaterThanOrEqual(80)
  expect(errors.length).toBeGreaterThanOrEqual(25)
})
