import { referencesOf } from '#contract/expression/ast.ts'
import { parseExpression } from '#contract/expression/parse.ts'
import { printReference } from '#contract/expression/print.ts'
import type { FilterError } from '#contract/filter/error.ts'
import { nearest } from '#contract/nearest.ts'

import type { Keys } from './metric-keys.ts'

/** What is wrong with an expression: how it is written, or a metric or param that nothing here logged; null where it can be drawn. */
export function checkExpression(text: string, keys: Keys): FilterError | null {
  const parsed = parseExpression(text)
  if (!parsed.ok) return parsed.error
  if (!keys.complete) return null
  for (const { kind, key, at = { start: 0, end: text.length } } of referencesOf(parsed.expression)) {
    const known = kind === 'metric' ? keys.metrics : keys.params
    if (known.includes(key)) continue
    const whole = kind === 'metric' ? keyAt(text, at.start, known) : undefined
    if (whole !== undefined && whole.length > key.length) {
      const nearest = printReference({ kind, key: whole })
      return { message: `The signs in ${whole} count as operators.`, start: at.start, end: at.start + whole.length, nearest }
    }
    const near = nearest(key, known)
    return {
      message: `Nothing here logged a ${kind} ${key}.`,
      ...at,
      ...(near !== undefined && { nearest: printReference({ kind, key: near }) }),
    }
  }
  return null
}

/** The longest key that stands in a text as it is, without backticks. */
function keyAt(text: string, start: number, keys: readonly string[]): string | undefined {
  return keys.filter(key => text.startsWith(key, start)).toSorted((a, b) => b.length - a.length)[0]
}
