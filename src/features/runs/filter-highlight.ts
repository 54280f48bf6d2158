import { tokenize } from '#contract/filter/token.ts'
import type { Token } from '#contract/scan.ts'
import { paintedParts, type HighlightKind, type HighlightPart } from '#domain/painted-parts.ts'

const operatorWords = new Set(['and', 'or', 'not', 'in', 'between', 'like', 'ilike', 'rlike', 'matches', 'is', 'null'])
const functionWords = new Set(['first', 'last', 'min', 'max', 'mean', 'count'])

function kindOf(token: Token, before: Token | undefined, after: Token | undefined): HighlightKind {
  if (token.kind === 'number') return 'number'
  if (token.kind === 'sign') return /^[=<>!~&|]/.test(token.text) ? 'operator' : 'plain'
  if (token.kind === 'quoted')
    return token.text.startsWith('`') || (before?.text.endsWith('.') && before.end === token.start) ? 'key' : 'string'
  const word = token.text.toLowerCase()
  if (operatorWords.has(word)) return 'operator'
  if (functionWords.has(word) && after?.text === '(') return 'plain'
  return word === 'now' || word === 'nan' || word === 'infinity' ? 'number' : 'key'
}

/** Splits a filter into parts of one colour each. */
export function highlight(text: string, error: { start: number; end: number } | null): HighlightPart[] {
  const tokens = tokenize(text)
  const kinds = tokens.map((token, index) => kindOf(token, tokens[index - 1], tokens[index + 1]))
  return paintedParts(text, tokens, kinds, error)
}
