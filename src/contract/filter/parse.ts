import type { Filter } from './ast.ts'
import { Cursor, FilterFault, type Wanted } from './cursor.ts'
import type { FilterError } from './error.ts'
import { parseCondition } from './parse-condition.ts'

const deepest = 200
const startWords = ['not', '(']

export type ParsedFilter = { ok: true; filter: Filter | null } | { ok: false; error: FilterError }

/**
 * Reads a text of the filter language: conditions joined by `and`, `or`, `not` and parentheses, `not` binding closest and `or` loosest.
 * Null for a blank text. At most 100,000 characters and 200 levels of parentheses and `not`, however long a chain of `or` is.
 */
export function parseFilter(text: string): ParsedFilter {
  try {
    return { ok: true, filter: parseWhole(text) }
  } catch (fault) {
    if (fault instanceof FilterFault) return { ok: false, error: fault.detail }
    throw fault
  }
}

/** What the parser looks for at the end of an unfinished text, or null where the text is already wrong before its end. */
export function wantedAtEnd(text: string): Wanted | null {
  try {
    const filter = parseWhole(text)
    return {
      expects: filter === null ? 'key' : 'connective',
      kinds: filter === null ? ['metric', 'param', 'tag', 'attribute'] : [],
      operand: null,
      words: filter === null ? startWords : ['and', 'or'],
    }
  } catch (fault) {
    if (fault instanceof FilterFault) return fault.wanted
    throw fault
  }
}

function parseWhole(text: string): Filter | null {
  const cursor = new Cursor(text)
  if (cursor.atEnd) return null
  const filter = parseOr(cursor, 0)
  if (cursor.atEnd) return filter
  const { start, end } = cursor.token
  if (cursor.isSign(')')) throw new FilterFault({ message: 'This ) closes nothing.', start, end, expected: 'and, or' })
  return refuseRest(cursor)
}

function parseOr(cursor: Cursor, depth: number): Filter {
  return parseChain(cursor, 'or', () => parseChain(cursor, 'and', () => parseNot(cursor, depth)))
}

function parseChain(cursor: Cursor, kind: 'and' | 'or', parsePart: () => Filter): Filter {
  const parts: Filter[] = []
  do {
    const part = parsePart()
    if (part.kind === kind) for (const inner of part.parts) parts.push(inner)
    else parts.push(part)
  } while (cursor.takeWord(kind))
  const [only] = parts
  return parts.length === 1 && only ? only : { kind, parts }
}

function parseNot(cursor: Cursor, depth: number): Filter {
  const { token } = cursor
  const nests = cursor.isWord('not') || cursor.isSign('(')
  if (!nests) return parseCondition(cursor, startWords)
  if (depth >= deepest) {
    throw new FilterFault({ message: `Parentheses and not nest at most ${deepest} deep.`, start: token.start, end: token.end })
  }
  if (cursor.takeWord('not')) return { kind: 'not', part: parseNot(cursor, depth + 1) }
  cursor.take()
  const inner = parseOr(cursor, depth + 1)
  if (cursor.takeSign(')')) return inner
  if (!cursor.atEnd) refuseRest(cursor, ')')
  throw new FilterFault(
    { message: 'This ( is not closed.', start: token.start, end: token.end, expected: ')' },
    { expects: 'connective', kinds: [], operand: null, words: ['and', 'or', ')'] },
  )
}

const joins = new Map([
  ['&&', 'and'],
  ['&', 'and'],
  [',', 'and'],
  ['||', 'or'],
  ['|', 'or'],
])

function refuseRest(cursor: Cursor, close?: ')'): never {
  cursor.expected(close ? 'and, or or )' : 'and, or or the end', null, {
    list: close ? 'and, or, )' : 'and, or',
    nearest: joins.get(cursor.token.text),
  })
}
