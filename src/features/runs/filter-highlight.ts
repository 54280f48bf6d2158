import { tokenize, type Token } from '#contract/filter/token.ts'

export type HighlightKind = 'key' | 'string' | 'number' | 'operator' | 'plain'

export interface HighlightPart {
  text: string
  kind: HighlightKind
  /** Stands under the wavy line of an error. */
  wrong: boolean
}

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

/**
 * Splits a filter into parts of one colour each, spaces included, so that the parts joined are the text. Where something is missing, the
 * next character is marked, at the very end one more space.
 */
export function highlight(text: string, error: { start: number; end: number } | null): HighlightPart[] {
  const parts: HighlightPart[] = []
  const wrong = error && { start: error.start, end: Math.max(error.end, error.start + 1) }
  const add = (start: number, end: number, kind: HighlightKind): void => {
    const cuts = wrong ? [wrong.start, wrong.end].filter(cut => cut > start && cut < end) : []
    let from = start
    for (const to of [...cuts, end]) {
      if (to > from) parts.push({ text: text.slice(from, to), kind, wrong: wrong !== null && from >= wrong.start && to <= wrong.end })
      from = to
    }
  }
  const tokens = tokenize(text)
  let position = 0
  for (const [index, token] of tokens.entries()) {
    add(position, token.start, 'plain')
    if (token.kind !== 'end') add(token.start, token.end, kindOf(token, tokens[index - 1], tokens[index + 1]))
    position = token.end
  }
  if (error && error.start >= text.length) parts.push({ text: ' ', kind: 'plain', wrong: true })
  return parts
}
