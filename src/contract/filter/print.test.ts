import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { aggregates, type Attribute, attributes, type Operand } from '#contract/operand.ts'
import { runStatuses } from '#contract/run.ts'

import { comparators, type Filter, type Literal, patternOperators, type TextLiteral } from './ast.ts'
import { comparableOf } from './names.ts'
import { parseFilter } from './parse.ts'
import { printFilter } from './print.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom("'", '"', '`', '\\', '%', '_', '\n', 'a', '1', '.', '\udc00'), maxLength: 12 }),
)
const operand: fc.Arbitrary<Operand> = fc.oneof(
  fc.record({ kind: fc.constant('metric' as const), key: text, aggregate: fc.constantFrom(...aggregates) }),
  fc.record({ kind: fc.constantFrom('param' as const, 'tag' as const), key: text }),
  fc.record({ kind: fc.constant('attribute' as const), key: fc.constantFrom(...(Object.keys(attributes) as Attribute[])) }),
)
const number: fc.Arbitrary<Literal> = fc.double().map(value => ({ type: 'number', value }))
const textLiteral: fc.Arbitrary<TextLiteral> = text.map(value => ({ type: 'text', value }))
const literals = {
  number,
  any: fc.oneof(number, textLiteral),
  status: fc.constantFrom(...runStatuses).map((value): Literal => ({ type: 'text', value })),
  time: fc.oneof(
    fc
      .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
      .map((ms): Literal => ({ type: 'time', ms: ms + 0 })),
    fc.integer().map((offset): Literal => ({ type: 'now', offset: offset + 0 })),
  ),
  duration: fc
    .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
    .map((ms): Literal => ({ type: 'duration', ms: ms + 0 })),
}

const condition = operand.chain((operand): fc.Arbitrary<Filter> => {
  const type = comparableOf(operand)
  const literal = literals[type]
  const negated = fc.boolean()
  const values = fc.array(literal, { minLength: 1, maxLength: 4 })
  const operator = fc.constantFrom(...(type === 'status' ? (['=', '!='] as const) : comparators))
  const choices: fc.Arbitrary<Filter>[] = [
    fc.record({ kind: fc.constant('compare'), operand: fc.constant(operand), operator, value: literal }),
    fc.record({ kind: fc.constant('in'), operand: fc.constant(operand), negated, values }),
    fc.record({ kind: fc.constant('null'), operand: fc.constant(operand), negated }),
  ]
  if (type !== 'status')
    choices.push(fc.record({ kind: fc.constant('between'), operand: fc.constant(operand), negated, low: literal, high: literal }))
  if (type === 'any' || type === 'status') {
    const operator = fc.constantFrom(...patternOperators)
    choices.push(fc.record({ kind: fc.constant('pattern'), operand: fc.constant(operand), negated, operator, pattern: textLiteral }))
  }
  return fc.oneof(...choices)
})
const { filter } = fc.letrec<{ filter: Filter }>(tie => ({
  filter: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    condition,
    tie('filter').map((part): Filter => ({ kind: 'not', part })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 4 }))
      .map(([kind, parts]) => flat(kind, parts)),
  ),
}))

function flat(kind: 'and' | 'or', parts: Filter[]): Filter {
  return { kind, parts: parts.flatMap(part => (part.kind === kind ? part.parts : [part])) }
}

/** The filter without the positions, which differ between a text and its canonical form. */
function withoutPositions<Node>(node: Node): Node {
  if (Array.isArray(node)) return node.map(withoutPositions) as Node
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => name !== 'at')
      .map(([name, value]) => [name, withoutPositions(value)]),
  ) as Node
}

test('any filter comes back from its text', () => {
  fc.assert(
    fc.property(filter, value => {
      const parsed = parseFilter(printFilter(value))
      expect(parsed.ok ? withoutPositions(parsed.filter) : parsed.error).toEqual(value)
    }),
    { numRuns: 1_000 },
  )
})

test('any text is either a filter that prints and parses again or an error inside the text', () => {
  const word = fc.constantFrom(
    'metrics.a',
    'params.`b',
    '`',
    'status',
    '>',
    '=',
    '!',
    '0.5',
    "'x'",
    "'",
    '(',
    ')',
    'and',
    'or',
    'not',
    'in',
    'is',
    'null',
    'now',
    '-',
    '7d',
    ',',
    'max(',
    '🚀',
    '\u0000',
  )
  const noise = fc.oneof(
    fc.string({ unit: fc.nat(0xffff).map(code => String.fromCharCode(code)), maxLength: 20 }),
    fc.array(word, { maxLength: 12 }).map(words => words.join(' ')),
  )
  fc.assert(
    fc.property(noise, text => {
      const parsed = parseFilter(text)
      if (parsed.ok) {
        const printed = printFilter(parsed.filter)
        const again = parseFilter(printed)
        expect(again.ok && printFilter(again.filter)).toBe(printed)
        return
      }
      const { start, end, message } = parsed.error
      expect(0 <= start && start <= end && end <= text.length).toBe(true)
      expect(message).toMatch(/^\S[^\n]*\.$/)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['metrics.a>1e-4 AND NOT(params.b="x" OR tags.c IS NOT NULL)', "metrics.a > 0.0001 and not (params.b = 'x' or tags.c is not null)"],
  ['(points = 1 and (points = 2 and points = 3)) or points = 4', 'points = 1 and points = 2 and points = 3 or points = 4'],
  ["created > '2026-11-01T00:00:00Z' and duration >= 90", "start_time > '2026-11-01' and duration >= 1m30s"],
  ["Status = 'FINISHED'", "status = 'finished'"],
  ["name not like 'a''b\\_%'", "run_name not like 'a''b\\_%'"],
  ['not not points = -inf', 'not not points = -Infinity'],
  ['', ''],
])('%s becomes %s', (text, canonical) => {
  const parsed = parseFilter(text)
  expect(parsed.ok ? printFilter(parsed.filter) : parsed.error).toBe(canonical)
})
