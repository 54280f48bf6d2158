import { expect, test } from 'vitest'

import { parseExpression } from '#contract/expression/parse.ts'

import { evaluate } from './expression.ts'

const columns: Record<string, Float64Array> = { a: Float64Array.of(1, 4, -9), b: Float64Array.of(2, 0, 3), zero: Float64Array.of(0, 0, 0) }

function valuesOf(text: string): number[] {
  const parsed = parseExpression(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return [...evaluate(parsed.expression, 3, { metric: key => columns[key]!, param: () => 10 })]
}

test.each([
  ['a + b * 2', [5, 4, -3]],
  ['-a^2', [-1, -16, -81]],
  ['2^b^2', [16, 1, 512]],
  ['a / b', [0.5, Infinity, -3]],
  ['-a / zero', [-Infinity, -Infinity, Infinity]],
  ['zero / zero', [NaN, NaN, NaN]],
  ['log(a)', [0, Math.log(4), NaN]],
  ['log10(b * 50) + log2(b)', [3, -Infinity, Math.log10(150) + Math.log2(3)]],
  ['sqrt(abs(a))', [1, 2, 3]],
  ['exp(zero) + params.lr', [11, 11, 11]],
  ['pow(b, 2) - b^2', [0, 0, 0]],
  ['min(a, b, 1)', [1, 0, -9]],
  ['max(a, b)', [2, 4, 3]],
  ['max(log(a), b)', [2, Math.log(4), NaN]],
  ['delta(a)', [NaN, 3, -13]],
  ['delta(a + delta(b))', [NaN, NaN, -8]],
  ['delta(3) + a', [NaN, 4, -9]],
])('%s', (text, values) => {
  expect(valuesOf(text)).toEqual(values)
})
