import { RE2JS, RE2JSSyntaxException } from 're2js'

import { ApiError } from '#contract/api-error.ts'
import type { Condition, Literal, TextLiteral } from '#contract/filter/ast.ts'
import { numberOfText } from '#contract/number-text.ts'

import { compareCodePoints } from './code-points.ts'
import { compileLike } from './like.ts'

/** One distinct value of a text column. */
export interface TextValue {
  text: string
  isNumber: boolean
  number: number
}
export type TextTest = (value: TextValue) => boolean
type TextCondition = Exclude<Condition, { kind: 'null' }>

/** Instructions of a compiled expression; each costs time at each character of each text. */
const largestProgram = 10_000

/** The test that a condition puts to a value that is there. `ignoreCase` is for patterns on a status, whose words have no case. */
export function compileTextTest(condition: TextCondition, ignoreCase: boolean): TextTest {
  switch (condition.kind) {
    case 'compare':
      return compileComparison(condition.operator, condition.value)
    case 'in': {
      const anyOf = compileEquals(condition.values)
      return condition.negated ? value => differs(value, anyOf) : anyOf
    }
    case 'between': {
      const low = compileOrder(condition.low)
      const high = compileOrder(condition.high)
      const inside: TextTest = value => low(value) >= 0 && high(value) <= 0
      return condition.negated ? value => differs(value, inside) : inside
    }
    case 'pattern': {
      const { operator, pattern, negated } = condition
      const matches =
        operator === 'matches' ? compileExpression(pattern, ignoreCase) : compileLike(pattern.value, ignoreCase || operator === 'ilike')
      return ({ text }) => matches(text) !== negated
    }
  }
}

function compileComparison(operator: Extract<Condition, { kind: 'compare' }>['operator'], literal: Literal): TextTest {
  if (operator === '=') return compileEquals([literal])
  if (operator === '!=') {
    const equals = compileEquals([literal])
    return value => differs(value, equals)
  }
  const order = compileOrder(literal)
  if (operator === '<') return value => order(value) < 0
  if (operator === '<=') return value => order(value) <= 0
  return operator === '>' ? value => order(value) > 0 : value => order(value) >= 0
}

/** NaN differs from nothing but by `!= NaN`, and a text is never that. */
function differs(value: TextValue, test: TextTest): boolean {
  return !test(value) && !(value.isNumber && Number.isNaN(value.number))
}

/** Equal texts are equal; otherwise both must be numbers, and the same one. */
function compileEquals(literals: readonly Literal[]): TextTest {
  const texts = new Set<string>()
  const numbers = new Map<number, string[]>()
  for (const literal of literals) {
    if (literal.type === 'text') texts.add(literal.value)
    const number = numberOf(literal)
    if (number === undefined) continue
    const written = literal.type === 'text' ? literal.value : ''
    const known = numbers.get(number)
    if (known) known.push(written)
    else numbers.set(number, [written])
  }
  return ({ text, isNumber, number }) => {
    if (texts.has(text)) return true
    const candidates = isNumber ? numbers.get(number) : undefined
    return candidates !== undefined && candidates.some(candidate => orderBeyondFloat(text, candidate, number) === 0)
  }
}

/** Order of two texts that are the same 64-bit float: a run's id must not equal its neighbour's, so large whole numbers go by their digits. */
function orderBeyondFloat(a: string, b: string, number: number): number {
  if (Math.abs(number) <= Number.MAX_SAFE_INTEGER || !isInteger(a) || !isInteger(b)) return 0
  const [x, y] = [BigInt(a.trim()), BigInt(b.trim())]
  return x < y ? -1 : x > y ? 1 : 0
}

function isInteger(text: string): boolean {
  return /^\s*[-+]?\d+\s*$/.test(text)
}

/** Order of a value against the literal: by number where both are numbers, else by code point; NaN where a number stands against a text. */
function compileOrder(literal: Literal): (value: TextValue) => number {
  const number = numberOf(literal)
  const text = literal.type === 'text' ? literal.value : undefined
  return value => {
    if (number === undefined || !value.isNumber) return text === undefined ? Number.NaN : compareCodePoints(value.text, text)
    if (value.number === number) return orderBeyondFloat(value.text, text ?? '', number)
    return value.number < number ? -1 : value.number > number ? 1 : Number.NaN
  }
}

function numberOf(literal: Literal): number | undefined {
  if (literal.type === 'number') return literal.value
  return literal.type === 'text' ? numberOfText(literal.value) : undefined
}

function compileExpression(pattern: TextLiteral, ignoreCase: boolean): (text: string) => boolean {
  try {
    const expression = RE2JS.compile(pattern.value, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    if (expression.programSize() > largestProgram) throw expressionError('it is too large', pattern)
    return text => expression.test(text)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw expressionError(error.message.replace(/^error parsing regexp: /, ''), pattern)
  }
}

function expressionError(reason: string, { at }: TextLiteral): ApiError {
  const line = reason.replaceAll(/\s+/g, ' ').slice(0, 120)
  return new ApiError('invalid', `Expected a regular expression (RE2) after matches: ${line}.`, {
    ...(at && { position: { start: at.start, end: at.end } }),
    expected: "a regular expression without lookaround and backreferences, such as '^r\\d+'",
  })
}
