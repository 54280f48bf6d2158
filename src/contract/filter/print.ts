import { printOperand } from '#contract/operand-text.ts'

import type { Filter, Literal } from './ast.ts'
import { quoteText } from './quote.ts'
import { printDuration, printTime } from './time-text.ts'

/** Canonical text of a filter, empty for null. Parsing it gives an equal filter, positions apart. */
export function printFilter(filter: Filter | null): string {
  if (filter === null) return ''
  const { kind } = filter
  if (kind === 'not') return `not ${printPart(filter.part)}`
  if (kind === 'and' || kind === 'or') {
    return filter.parts.map(part => (kind === 'and' ? printPart(part) : printFilter(part))).join(` ${kind} `)
  }
  const operand = printOperand(filter.operand)
  if (kind === 'compare') return `${operand} ${filter.operator} ${printLiteral(filter.value)}`
  const not = filter.negated ? 'not ' : ''
  if (kind === 'null') return `${operand} is ${not}null`
  if (kind === 'in') return `${operand} ${not}in (${filter.values.map(printLiteral).join(', ')})`
  if (kind === 'between') return `${operand} ${not}between ${printLiteral(filter.low)} and ${printLiteral(filter.high)}`
  return `${operand} ${not}${filter.operator} ${printLiteral(filter.pattern)}`
}

function printPart(filter: Filter): string {
  return filter.kind === 'or' || filter.kind === 'and' ? `(${printFilter(filter)})` : printFilter(filter)
}

/** A value as it stands in a filter: `0.5`, `'adam'`, `'2026-11-01'`, `now - 7d`, `1h30m`. */
export function printLiteral(literal: Literal): string {
  if (literal.type === 'number') return printNumber(literal.value)
  if (literal.type === 'text') return quoteText(literal.value)
  if (literal.type === 'duration') return printDuration(literal.ms)
  if (literal.type === 'now') {
    const { offset } = literal
    return offset === 0 ? 'now' : `now ${offset < 0 ? '-' : '+'} ${printDuration(Math.abs(offset))}`
  }
  const text = printTime(literal.ms)
  return text === undefined ? printNumber(literal.ms) : quoteText(text)
}

function printNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}
