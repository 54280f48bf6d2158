import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { ApiError } from '#contract/api-error.ts'
import { comparators, type Condition, type Filter, type Literal, patternOperators } from '#contract/filter/ast.ts'
import { comparableOf } from '#contract/filter/names.ts'
import { parseFilter } from '#contract/filter/parse.ts'
import { printFilter } from '#contract/filter/print.ts'
import { numberOfText } from '#contract/number-text.ts'
import { aggregates, type Attribute, type Operand } from '#contract/operand.ts'
import { runStatuses } from '#contract/run.ts'

import { type CaseRun, columnOf, valueOf } from './cases.ts'
import { compileFilter } from './evaluate.ts'

const now = 1_000

const someText = fc.constantFrom(
  '',
  '0.5',
  '5e-1',
  ' .50',
  '1',
  '01',
  'nan',
  'adam',
  'Adam',
  'adam%',
  'a_am',
  '🚀',
  '\ue000',
  '9007199254740993',
  '9007199254740992',
)
const someNumber = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 0.5, 1, -1, 500, 1_000, 2_000)
const someTime = fc.option(fc.constantFrom(0, 500, 1_000, 1_500, 3_000))
const someRun: fc.Arbitrary<CaseRun> = fc.record({
  id: someText,
  name: someText,
  loggable: fc.constant(true),
  status: fc.constantFrom(...runStatuses),
  user: fc.option(someText),
  start: someTime,
  end: someTime,
  source: fc.option(someText),
  params: fc.dictionary(fc.constantFrom('p', 'q'), someText),
  metrics: fc.dictionary(
    fc.constantFrom('m', 'n'),
    fc.array(
      someNumber.map(value => (Number.isFinite(value) ? value : (String(value) as 'NaN'))),
      { maxLength: 3 },
    ),
  ),
  tags: fc.dictionary(fc.constantFrom('t'), someText),
  datasets: fc.array(fc.record({ name: someText, digest: someText, context: someText }), { maxLength: 3 }),
})

const attributes: Attribute[] = [
  'run_name',
  'run_id',
  'status',
  'start_time',
  'end_time',
  'duration',
  'user_id',
  'points',
  'host',
  'datasets.name',
  'datasets.context',
]
const someOperand: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ kind: fc.constant('metric' as const), key: fc.constantFrom('m', 'n', 'none'), aggregate: fc.constantFrom(...aggregates) }),
  fc.record({ kind: fc.constant('param' as const), key: fc.constantFrom('p', 'q', 'none') }),
  fc.record({ kind: fc.constant('tag' as const), key: fc.constant('t') }),
  fc.record({ kind: fc.constant('attribute' as const), key: fc.constantFrom(...attributes) }),
)
const number = someNumber.map((value): Literal => ({ type: 'number', value }))
const literals = {
  number,
  any: fc.oneof(
    number,
    someText.map((value): Literal => ({ type: 'text', value })),
  ),
  status: fc.constantFrom(...runStatuses).map((value): Literal => ({ type: 'text', value })),
  time: fc.constantFrom<Literal>(
    { type: 'time', ms: 500 },
    { type: 'time', ms: 1_000 },
    { type: 'now', offset: 0 },
    { type: 'now', offset: -500 },
  ),
  duration: fc.constantFrom(-500, 0, 500, 1_000).map((ms): Literal => ({ type: 'duration', ms })),
}
const somePattern = fc.string({ unit: fc.constantFrom('a', 'd', 'A', '0', '.', '5', '%', '_', '\\', '🚀'), maxLength: 5 })

const someCondition = someOperand.chain((only): fc.Arbitrary<Filter> => {
  const type = comparableOf(only)
  const operand = fc.constant(only)
  const negated = fc.boolean()
  const literal = literals[type]
  const operator = fc.constantFrom(...(type === 'status' ? (['=', '!='] as const) : comparators))
  const choices: fc.Arbitrary<Filter>[] = [
    fc.record({ kind: fc.constant('compare'), operand, operator, value: literal }),
    fc.record({ kind: fc.constant('in'), operand, negated, values: fc.array(literal, { minLength: 1, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('null'), operand, negated }),
  ]
  if (type !== 'status') choices.push(fc.record({ kind: fc.constant('between'), operand, negated, low: literal, high: literal }))
  if (type === 'any' || type === 'status') {
    const pattern = somePattern.map(value => ({ type: 'text' as const, value }))
    choices.push(
      fc.record({ kind: fc.constant('pattern'), operand, negated, operator: fc.constantFrom('like' as const, 'ilike' as const), pattern }),
    )
  }
  return fc.oneof(...choices)
})
const { someFilter } = fc.letrec<{ someFilter: Filter }>(tie => ({
  someFilter: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    someCondition,
    fc.record({ kind: fc.constant('not' as const), part: tie('someFilter') }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      parts: fc.array(tie('someFilter'), { minLength: 2, maxLength: 4 }),
    }) as fc.Arbitrary<Filter>,
  ),
}))

/** The language's meaning, one run and one condition at a time. */
function meets(run: CaseRun, filter: Filter): boolean {
  if (filter.kind === 'not') return !meets(run, filter.part)
  if (filter.kind === 'and') return filter.parts.every(part => meets(run, part))
  if (filter.kind === 'or') return filter.parts.some(part => meets(run, part))
  const value = valueOf(run, filter.operand)
  if (filter.kind === 'null') return (value === undefined) !== filter.negated
  if (value === undefined) return false
  return Array.isArray(value) ? value.some(each => meetsCondition(each, filter)) : meetsCondition(value, filter)
}

function meetsCondition(value: string | number, filter: Exclude<Condition, { kind: 'null' }>): boolean {
  if (filter.kind === 'pattern') {
    const ignoreCase = filter.operator === 'ilike' || comparableOf(filter.operand) === 'status'
    const [text, pattern] = [String(value), filter.pattern.value].map(part => (ignoreCase ? part.toLowerCase() : part))
    return isLike(Array.from(text ?? ''), Array.from(pattern ?? '')) !== filter.negated
  }
  const holds = meetsComparison(value, filter)
  const negated = filter.kind === 'compare' ? filter.operator === '!=' : filter.negated
  return negated ? !Number.isNaN(value) && !holds : holds
}

function meetsComparison(value: string | number, condition: Exclude<Condition, { kind: 'null' | 'pattern' }>): boolean {
  if (condition.kind === 'in') return condition.values.some(literal => order(value, literal) === 0)
  if (condition.kind === 'between')
    return order(value, condition.low) >= 0 && order(value, condition.high) <= 0 && !isNaNPair(value, condition.low)
  const sign = order(value, condition.value)
  if (condition.operator === '=' || condition.operator === '!=') return sign === 0
  if (isNaNPair(value, condition.value)) return false
  return { '<': sign < 0, '<=': sign <= 0, '>': sign > 0, '>=': sign >= 0 }[condition.operator]
}

function isNaNLiteral(literal: Literal): boolean {
  return literal.type === 'number' && Number.isNaN(literal.value)
}

/** NaN equals NaN, and neither comes before the other. */
function isNaNPair(value: string | number, literal: Literal): boolean {
  return typeof value === 'number' && Number.isNaN(value) && isNaNLiteral(literal)
}

/** -1, 0 or 1; NaN where the two cannot be compared. */
function order(value: string | number, literal: Literal): number {
  if (typeof value === 'number') {
    const other = { number: 'value', time: 'ms', duration: 'ms', now: 'offset', text: '' }[literal.type]
    const wanted = (literal as unknown as Record<string, number>)[other]! + (literal.type === 'now' ? now : 0)
    return Number.isNaN(value) && Number.isNaN(wanted) ? 0 : signOf(value, wanted)
  }
  if (literal.type === 'text' && literal.value === value) return 0
  const left = numberOfText(value)
  const right = literal.type === 'text' ? numberOfText(literal.value) : literal.type === 'number' ? literal.value : undefined
  if (left !== undefined && right !== undefined) {
    const huge = literal.type === 'text' && Math.abs(left) > 2 ** 53 - 1 && left === right
    return huge ? signOf(Number(BigInt(value) - BigInt(literal.value)), 0) : signOf(left, right)
  }
  if (literal.type !== 'text') return Number.NaN
  const [a, b] = [value, literal.value].map(text => Array.from(text, character => character.codePointAt(0)!))
  const different = a!.findIndex((point, index) => point !== b![index])
  return different < 0 ? -1 : signOf(a![different]!, b![different] ?? -1)
}

function signOf(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : a === b ? 0 : Number.NaN
}

function isLike(text: string[], pattern: string[]): boolean {
  const [first, second] = pattern
  if (first === undefined) return text.length === 0
  if (first === '%') return isLike(text, pattern.slice(1)) || (text.length > 0 && isLike(text.slice(1), pattern))
  if (first === '\\' && second !== undefined && '%_\\'.includes(second))
    return text[0] === second && isLike(text.slice(1), pattern.slice(2))
  return text.length > 0 && (first === '_' || first === text[0]) && isLike(text.slice(1), pattern.slice(1))
}

function run(filter: Filter | null, runs: CaseRun[]): number[] {
  const compiled = compileFilter(filter, { now })
  return [
    ...compiled.run(
      compiled.operands.map(operand => columnOf(runs, operand)),
      runs.length,
    ),
  ]
}

test('columns give what one run at a time gives', () => {
  fc.assert(
    fc.property(fc.array(someRun, { maxLength: 12 }), someFilter, (runs, filter) => {
      expect(run(filter, runs)).toEqual(runs.map(one => Number(meets(one, filter))))
    }),
    { numRuns: 1_000 },
  )
})

test('a filter and its printed text match the same runs', () => {
  fc.assert(
    fc.property(fc.array(someRun, { maxLength: 5 }), someFilter, (runs, filter) => {
      const parsed = parseFilter(printFilter(filter))
      expect(parsed.ok && run(parsed.filter, runs)).toEqual(run(filter, runs))
    }),
  )
})

function filterOf(text: string): Filter {
  const parsed = parseFilter(text)
  if (!parsed.ok || !parsed.filter) throw new Error(`${text} is no filter`)
  return parsed.filter
}

test('each operand is asked for once', () => {
  const text = 'metrics.a > 1 and (max(metrics.a) > 1 or not metrics.a < 5) and params.a = 1 and params.`a` = 2'
  expect(compileFilter(filterOf(text), { now }).operands).toEqual([
    { kind: 'metric', key: 'a', aggregate: 'last' },
    { kind: 'metric', key: 'a', aggregate: 'max' },
    { kind: 'param', key: 'a' },
  ])
})

test('a key that no run has needs no column', () => {
  const matches = (text: string): number[] => [...compileFilter(filterOf(text), { now }).run([undefined], 2)]
  expect(matches('metrics.a > 1')).toEqual([0, 0])
  expect(matches('not metrics.a > 1')).toEqual([1, 1])
  expect(matches('metrics.a is null')).toEqual([1, 1])
  expect(matches('metrics.a is not null')).toEqual([0, 0])
})

test('a column of the wrong kind is a fault of the caller', () => {
  const text = columnOf([], { kind: 'param', key: 'a' })
  expect(() => compileFilter(filterOf('metrics.a > 1'), { now }).run([text], 0)).toThrow('metrics.a')
})

test('thousands of conditions over one key take one pass', () => {
  const texts = ['', ...Array.from({ length: 5_000 }, (_, index) => `run-${index}`)]
  const codes = Uint32Array.from({ length: 5_000 }, (_, index) => index + 1)
  let passes = 0
  const column = {
    kind: 'text' as const,
    type: 'text' as const,
    texts,
    numbers: texts.map(() => Number.NaN),
    isNumber: texts.map(() => false),
    more: null,
    get codes() {
      passes += 1
      return codes
    },
  }
  const filter = filterOf(Array.from({ length: 4_000 }, (_, index) => `name = 'run-${index}'`).join(' or '))
  const matches = compileFilter(filter, { now }).run([column], 5_000)
  expect(matches.reduce((sum, match) => sum + match, 0)).toBe(4_000)
  expect(passes).toBe(1)
})

test('an expression that RE2 would need too long for is refused, whatever the pattern', () => {
  for (const pattern of ['(a{500}|b{500}|c{500}|d{500}){20}', '('.repeat(5_000), 'a{1001}', '(?=a)', '\\1', 'x'.repeat(20_000)]) {
    expect(() => compileFilter(filterOf(`name matches '${pattern}'`), { now })).toThrow(ApiError)
  }
})

test('an expression takes linear time where backtracking would take exponential', () => {
  const runs = [{ ...emptyRun, name: `${'a'.repeat(5_000)}!` }]
  const started = performance.now()
  expect(run(filterOf("name matches '^(a+)+$'"), runs)).toEqual([0])
  expect(run(filterOf(`name like '${'%a'.repeat(500)}b'`), runs)).toEqual([0])
  expect(performance.now() - started).toBeLessThan(4_000)
})

const emptyRun: CaseRun = {
  id: '',
  name: '',
  loggable: true,
  status: 'finished',
  user: null,
  start: null,
  end: null,
  source: null,
  params: {},
  metrics: {},
  tags: {},
}

test('every pattern operator is covered', () => {
  const runs = [{ ...emptyRun, name: 'Straße' }]
  const found = patternOperators.map(operator => run(filterOf(`name ${operator} 'STRA_E'`), runs)[0])
  expect(found).toEqual([0, 1, 0])
})
