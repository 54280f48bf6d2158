import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { functions, operators, pointsBefore, referencesOf, type Expression } from './ast.ts'
import { parseExpression } from './parse.ts'
import { printExpression } from './print.ts'

/** Without positions, which are no part of the meaning. */
function bare(expression: Expression): unknown {
  return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value)))
}

function read(text: string): Expression {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.expression
}

test.each([
  ['log(loss)', 'log(loss)'],
  ['`val/loss`-`train/loss`', '`val/loss` - `train/loss`'],
  ['val/loss', 'val / loss'],
  ['-a^2', '-a^2'],
  ['(-a)^2', '(-a)^2'],
  ['2^-a', '2^-a'],
  ['a^b^c', 'a^b^c'],
  ['(a^b)^c', '(a^b)^c'],
  ['a-(b-c)', 'a - (b - c)'],
  ['(a-b)-c', 'a - b - c'],
  ['a/(b*c)', 'a / (b * c)'],
  ['((a+b))*3', '(a + b) * 3'],
  ['--a', '--a'],
  ['-(a*b)', '-(a * b)'],
  ['max(a,b , c)', 'max(a, b, c)'],
  ['delta(tokens) / params.batch_size', 'delta(tokens) / params.batch_size'],
  ['params.`a b` + metrics.loss + metrics.`x y`', 'params.`a b` + loss + `x y`'],
  ['`params.lr` * `a``b`', '`params.lr` * `a``b`'],
  ['log * max', 'log * max'],
  ['1e-3 * .5 + 2. * a', '0.001 * 0.5 + 2 * a'],
  ['perte_é.λ', 'perte_é.λ'],
])('%s is %s', (text, printed) => {
  expect(printExpression(read(text))).toBe(printed)
  expect(bare(read(printed))).toEqual(bare(read(text)))
})

test.each([
  ['', 0, 0, 'Expected an expression, such as log(loss).', undefined],
  ['loss +', 6, 6, 'Expected a metric, a number or ( after +.', undefined],
  ['loss loss', 5, 9, 'Expected + - * / ^ or the end after loss.', undefined],
  ['loss ** 2', 5, 7, 'Expected + - * / ^ or the end after loss.', '^'],
  ['(loss', 0, 1, 'This ( is not closed.', undefined],
  ['log(loss', 3, 4, 'This ( is not closed.', undefined],
  ['loss)', 4, 5, 'This ) closes nothing.', undefined],
  ['`loss', 0, 5, 'The ` is not closed.', undefined],
  ['``+1', 0, 2, 'A name has at least one character.', undefined],
  ['ln(loss)', 0, 2, 'There is no function ln.', 'log'],
  ['sqr(loss)', 0, 3, 'There is no function sqr.', 'sqrt'],
  ['min(loss)', 0, 9, 'min takes 2 or more values, which it compares point by point, and here is 1.', undefined],
  ['1 + log()', 4, 9, 'log takes 1 value, and here are 0.', undefined],
  ['pow(a,b,c)', 0, 10, 'pow takes 2 values, and here are 3.', undefined],
  ['2x', 0, 2, '2x is no number; a name that begins with a digit stands in backticks.', '`2x`'],
  ['1e999', 0, 5, '1e999 is too great for a number.', undefined],
  ["'loss' + 1", 0, 1, 'Expected a metric; its name stands in backticks.', '`'],
  ['params. + 1', 7, 7, 'Expected the name of a param after params.', undefined],
  ['2 * params.lr', 0, 13, 'An expression has a metric in it.', undefined],
  ['a < b', 2, 3, 'Expected + - * / ^ or the end after a.', undefined],
  [`${'('.repeat(101)}a`, 101, 102, 'Parts of an expression nest at most 100 deep.', undefined],
  ['a'.repeat(2_001), 2_000, 2_001, 'An expression has at most 2,000 characters, and this one has 2,001.', undefined],
  [
    Array.from({ length: 33 }, (_, at) => `m${at}`).join('+'),
    118,
    121,
    'An expression has at most 32 metrics and params, and this one has 33.',
    undefined,
  ],
])('%s has its fault from %i to %i: %s', (text, start, end, message, near) => {
  const parsed = parseExpression(text)
  expect(parsed.ok ? parsed.expression : [parsed.error.start, parsed.error.end, parsed.error.message, parsed.error.nearest]).toEqual([
    start,
    end,
    message,
    near,
  ])
})

test('what an expression reads is named once, where it stands first', () => {
  expect(referencesOf(read('log(a) - b / a * params.a'))).toEqual([
    { kind: 'metric', key: 'a', at: { start: 4, end: 5 } },
    { kind: 'metric', key: 'b', at: { start: 9, end: 10 } },
    { kind: 'param', key: 'a', at: { start: 17, end: 25 } },
  ])
  expect(pointsBefore(read('a + delta(delta(b)) * delta(c)'))).toBe(2)
})

const pieces = fc.constantFrom(
  'loss',
  'params.',
  'metrics.x',
  '`',
  '`a/b`',
  '(',
  ')',
  ',',
  '+',
  '-',
  '*',
  '/',
  '^',
  '**',
  '1',
  '1e5',
  '2x',
  ' ',
  'log',
  'max',
  'ü',
  '🚀',
)

test('no text makes the parser throw, faults lie in the text, and what parses is printed as it means', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces, { maxLength: 30 }).map(parts => parts.join('')),
      ),
      text => {
        const parsed = parseExpression(text)
        if (parsed.ok) expect(bare(read(printExpression(parsed.expression)))).toEqual(bare(parsed.expression))
        else {
          expect(parsed.error.start).toBeGreaterThanOrEqual(0)
          expect(parsed.error.end).toBeGreaterThanOrEqual(parsed.error.start)
          expect(parsed.error.end).toBeLessThanOrEqual(text.length)
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

const { tree } = fc.letrec<{ tree: Expression }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value): Expression => ({ kind: 'number', value: value + 0 })),
    fc.record({ kind: fc.constantFrom('metric' as const, 'param' as const), key: fc.string({ unit: 'grapheme', minLength: 1 }) }),
    fc.record({ kind: fc.constant('minus' as const), part: tie('tree') }),
    fc.record({ kind: fc.constant('binary' as const), operator: fc.constantFrom(...operators), left: tie('tree'), right: tie('tree') }),
    fc
      .constantFrom(...(Object.keys(functions) as (keyof typeof functions)[]))
      .chain(name =>
        fc
          .array(tie('tree'), { minLength: functions[name].least, maxLength: Math.min(functions[name].most, 3) })
          .map((parts): Expression => ({ kind: 'call', name, parts })),
      ),
  ),
}))

test('every expression is read back from its text', () => {
  fc.assert(
    fc.property(tree, expression => {
      const text = printExpression(expression)
      const references = referencesOf(expression)
      fc.pre(text.length <= 2_000 && references.length <= 32 && references.some(({ kind }) => kind === 'metric'))
      expect(bare(read(text))).toEqual(bare(expression))
    }),
    { numRuns: 2_000 },
  )
})
