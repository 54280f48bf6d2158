import { nearest } from '#contract/nearest.ts'

import type { Comparator, Condition, Literal, PatternOperator } from './ast.ts'
import { comparators, patternOperators } from './ast.ts'
import { type Cursor, FilterFault, shown, type Wanted } from './cursor.ts'
import { comparableOf } from './names.ts'
import { type LocatedOperand, parseOperandAt } from './parse-operand.ts'
import { parsePatternAt, parseValueAt } from './parse-value.ts'
import { quoteKey } from './quote.ts'

/** Signs and words of other languages, by what they are called here. */
const foreignOperators = new Map([
  ['==', '='],
  ['<>', '!='],
  ['=~', 'matches'],
  ['~', 'matches'],
  ['!~', 'not matches'],
  ['regexp', 'matches'],
  ['contains', 'like'],
])
const wordOperators = ['in', 'not', 'between', 'like', 'ilike', 'matches', 'is']

/** The operators that an operand can stand before, as a menu lists them. */
export function operatorsOf(operand: LocatedOperand['operand']): string[] {
  const type = comparableOf(operand)
  const ordered = type === 'status' ? ['=', '!='] : [...comparators, 'between']
  return [...ordered, 'in', 'not in', ...(type === 'any' || type === 'status' ? patternOperators : []), 'is null', 'is not null']
}

/** Reads one condition: operand, operator, and what the operator takes. */
export function parseCondition(cursor: Cursor, startWords: string[]): Condition {
  const located = parseOperandAt(cursor, startWords)
  const condition = readOperator(cursor, located)
  return { ...condition, at: { start: located.start, end: cursor.previous?.end ?? located.end } }
}

function readOperator(cursor: Cursor, located: LocatedOperand): Condition {
  const { operand } = located
  const { token } = cursor
  const comparator = token.kind === 'sign' ? comparators.find(sign => sign === token.text) : undefined
  if (comparator !== undefined) return readComparison(cursor, located, comparator)
  if (cursor.takeWord('is')) return { kind: 'null', operand, negated: readNull(cursor, operand) }
  const negated = cursor.takeWord('not')
  const wanted: Wanted = { expects: 'operator', kinds: [], operand, words: operatorsOf(operand) }
  if (cursor.takeWord('in')) return { kind: 'in', operand, negated, values: readList(cursor, operand) }
  if (cursor.isWord('between')) {
    requireOrder(cursor, located, 'between')
    cursor.take()
    const low = parseValueAt(cursor, operand)
    if (!cursor.takeWord('and')) cursor.expected('and', { expects: 'connective', kinds: [], operand, words: ['and'] })
    return { kind: 'between', operand, negated, low, high: parseValueAt(cursor, operand) }
  }
  const pattern = patternOperators.find(word => cursor.isWord(word))
  if (pattern !== undefined) return readPattern(cursor, located, pattern, negated)
  if (negated) {
    const words = ['in', 'like', 'ilike', 'matches', 'between']
    const fitting = words.filter(word => wanted.words.includes(word))
    cursor.expected(
      `${fitting.slice(0, -1).join(', ')} or ${fitting.at(-1)}`,
      { ...wanted, words: fitting },
      { nearest: nearest(cursor.token.text, fitting) },
    )
  }
  return refuseOperator(cursor, located, wanted)
}

function readComparison(cursor: Cursor, located: LocatedOperand, operator: Comparator): Condition {
  if (operator !== '=' && operator !== '!=') requireOrder(cursor, located, operator)
  cursor.take()
  return { kind: 'compare', operand: located.operand, operator, value: parseValueAt(cursor, located.operand) }
}

function requireOrder(cursor: Cursor, located: LocatedOperand, operator: string): void {
  if (comparableOf(located.operand) !== 'status') return
  const { start, end } = cursor.token
  throw new FilterFault({
    message: `A status has no order, so ${operator} cannot compare it.`,
    start,
    end,
    expected: operatorsOf(located.operand).join(', '),
  })
}

function readPattern(cursor: Cursor, { operand, start, end }: LocatedOperand, operator: PatternOperator, negated: boolean): Condition {
  const type = comparableOf(operand)
  if (type !== 'any' && type !== 'status') {
    const article = { number: 'a number', time: 'a time', duration: 'a duration' }[type]
    throw new FilterFault({
      message: `${operator} compares texts, and ${shown(cursor.text.slice(start, end))} is ${article}.`,
      start: cursor.token.start,
      end: cursor.token.end,
      expected: operatorsOf(operand).join(', '),
    })
  }
  cursor.take()
  return { kind: 'pattern', operand, operator, negated, pattern: parsePatternAt(cursor, operand) }
}

function readNull(cursor: Cursor, operand: LocatedOperand['operand']): boolean {
  const negated = cursor.takeWord('not')
  if (!cursor.takeWord('null')) {
    cursor.expected(
      negated ? 'null' : 'null or not null',
      { expects: 'operator', kinds: [], operand, words: negated ? ['null'] : ['null', 'not null'] },
      { nearest: cursor.token.kind === 'word' ? 'null' : undefined },
    )
  }
  return negated
}

function readList(cursor: Cursor, operand: LocatedOperand['operand']): Literal[] {
  if (!cursor.takeSign('('))
    cursor.expected('( and a list of values', { expects: 'value', kinds: [], operand, words: ['('] }, { list: '(' })
  const values: Literal[] = []
  do {
    if (values.length > 0 && cursor.isSign(')')) break // MLflow takes Python's one-element tuples, `('a',)`
    values.push(parseValueAt(cursor, operand))
  } while (cursor.takeSign(','))
  if (!cursor.takeSign(')')) cursor.expected(', or )', { expects: 'connective', kinds: [], operand, words: [',', ')'] })
  return values
}

/** Throws for what is no operator here. A key cut off at a `-`, `:` or blank is the usual reason: then the key in backticks is offered. */
function refuseOperator(cursor: Cursor, { operand, start, end }: LocatedOperand, wanted: Wanted): never {
  const { token } = cursor
  const source = cursor.text.slice(start, end)
  if (
    token.start === end &&
    token.kind === 'sign' &&
    !'<>=!()~,'.includes(token.text[0] ?? '') &&
    operand.kind !== 'attribute' &&
    !source.includes('(')
  ) {
    const rest = /^[^\s'"`<>=!(),~]*/.exec(cursor.text.slice(end))?.[0] ?? ''
    const prefix = source.slice(0, source.length - operand.key.length)
    if (rest !== '' && source.endsWith(operand.key)) {
      throw new FilterFault({
        message: `A key with ${shown(token.text)} stands in backticks.`,
        start,
        end: end + rest.length,
        expected: 'a key in backticks',
        nearest: prefix + quoteKey(operand.key + rest),
      })
    }
  }
  const word = token.text.toLowerCase()
  const known = foreignOperators.get(word)
  const near = known ?? (token.kind === 'word' ? nearest(word, wordOperators) : undefined)
  cursor.expected('an operator', wanted, { after: source, list: wanted.words.join(', '), nearest: near })
}
