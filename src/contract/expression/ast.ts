import type { Span } from '#contract/filter/ast.ts'

export const operators = ['+', '-', '*', '/', '^'] as const
export type Operator = (typeof operators)[number]

/** What a function takes, and how a menu says what it gives. */
export const functions = {
  log: { least: 1, most: 1, note: 'natural logarithm' },
  log10: { least: 1, most: 1, note: 'logarithm to base 10' },
  log2: { least: 1, most: 1, note: 'logarithm to base 2' },
  exp: { least: 1, most: 1, note: 'e to the power' },
  sqrt: { least: 1, most: 1, note: 'square root' },
  abs: { least: 1, most: 1, note: 'without its sign' },
  delta: { least: 1, most: 1, note: 'difference to the point before' },
  pow: { least: 2, most: 2, note: 'power' },
  min: { least: 2, most: Infinity, note: 'least of several' },
  max: { least: 2, most: Infinity, note: 'greatest of several' },
} as const
export type FunctionName = keyof typeof functions

/** What is read of a run: all points of a metric, or a param, which is one number. */
export type Reference = { kind: 'metric' | 'param'; key: string; at?: Span }

/** An expression over the metrics and params of a run. `at` is no part of its meaning: printing ignores it. */
export type Expression =
  | { kind: 'number'; value: number }
  | Reference
  | { kind: 'minus'; part: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression }
  | { kind: 'call'; name: FunctionName; parts: Expression[] }

/** The metrics and params of an expression, each once, where it stands first. */
export function referencesOf(expression: Expression): Reference[] {
  const found = new Map<string, Reference>()
  const walk = (part: Expression): void => {
    switch (part.kind) {
      case 'number':
        return
      case 'metric':
      case 'param': {
        const name = `${part.kind} ${part.key}`
        if (!found.has(name)) found.set(name, part)
        return
      }
      case 'minus':
        return walk(part.part)
      case 'binary':
        walk(part.left)
        return walk(part.right)
      case 'call':
        for (const inner of part.parts) walk(inner)
    }
  }
  walk(expression)
  return [...found.values()]
}

/** How many of the first points of its metrics an expression says nothing of: a difference needs the one before. */
export function pointsBefore(expression: Expression): number {
  switch (expression.kind) {
    case 'number':
    case 'metric':
    case 'param':
      return 0
    case 'minus':
      return pointsBefore(expression.part)
    case 'binary':
      return Math.max(pointsBefore(expression.left), pointsBefore(expression.right))
    case 'call':
      return expression.parts.reduce((most, part) => Math.max(most, pointsBefore(part)), 0) + (expression.name === 'delta' ? 1 : 0)
  }
}
