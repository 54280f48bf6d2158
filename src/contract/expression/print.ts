import type { Expression, Operator, Reference } from './ast.ts'

const bareName = /^[\p{L}_][\p{L}\p{N}\p{M}_.]*$/u
/** What stands before a key and says what it is the key of; a metric whose own name begins so stands in backticks. */
export const referencePrefix = /^(params|metrics)\./

/** How closely a part holds together; a part that holds less closely than the place it stands in needs parentheses. */
const binding: Record<Operator | 'minus' | 'whole', number> = { '+': 1, '-': 1, '*': 2, '/': 2, minus: 3, '^': 4, whole: 5 }

/** A metric or param as it stands in an expression: bare where its key is a word of letters, digits, `_` and `.`, else in backticks. */
export function printReference({ kind, key }: Reference): string {
  const quoted = `\`${key.replaceAll('`', '``')}\``
  if (kind === 'param') return `params.${bareName.test(key) ? key : quoted}`
  return bareName.test(key) && !referencePrefix.test(key) ? key : quoted
}

/** Canonical text of an expression. Parsing it gives an equal expression, positions apart. */
export function printExpression(expression: Expression): string {
  return printed(expression, 0)
}

function printed(expression: Expression, least: number): string {
  const [text, holds] = parts(expression)
  return holds < least ? `(${text})` : text
}

function parts(expression: Expression): [text: string, holds: number] {
  switch (expression.kind) {
    case 'number':
      return [String(expression.value), binding.whole]
    case 'metric':
    case 'param':
      return [printReference(expression), binding.whole]
    case 'minus':
      return [`-${printed(expression.part, binding.minus)}`, binding.minus]
    case 'call':
      return [`${expression.name}(${expression.parts.map(part => printed(part, 0)).join(', ')})`, binding.whole]
    case 'binary': {
      const { operator, left, right } = expression
      const holds = binding[operator]
      // A power takes the one at its right first, and a minus there belongs to that.
      if (operator === '^') return [`${printed(left, holds + 1)}^${printed(right, binding.minus)}`, holds]
      return [`${printed(left, holds)} ${operator} ${printed(right, holds + 1)}`, holds]
    }
  }
}
