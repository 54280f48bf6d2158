import type { Token } from '#contract/scan.ts'

import { maxFilterLength, type Wanted } from './cursor.ts'
import { entityOf } from './names.ts'
import { wantedAtEnd } from './parse.ts'
import { tokenize } from './token.ts'

/** What a menu at the caret may offer, and the range that a choice takes the place of. */
export interface Completion extends Wanted {
  start: number
  end: number
  /** What was typed of it up to the caret, without prefix (`metrics.`, which is in `kinds`) and quotes. */
  typed: string
}

const entirelySign = /^(?:[<>]=?|!=|=|[(),+-])$/

/**
 * Says what is expected at the caret of an unfinished text: the word that the caret stands in or right behind, or a new one between words.
 * Null where the text before that word is already wrong.
 */
export function completionAt(text: string, caret: number): Completion | null {
  if (text.length > maxFilterLength) return null
  const { start, end } = wordAt(tokenize(text), caret)
  const wanted = wantedAtEnd(text.slice(0, start))
  if (wanted === null) return null
  const typed = text.slice(start, caret)
  if (wanted.expects !== 'key') return { ...wanted, start, end, typed: wanted.expects === 'value' ? unquoted(typed) : typed }
  const dot = typed.indexOf('.')
  const entity = dot < 0 ? undefined : entityOf(unquoted(typed.slice(0, dot)))
  if (entity === undefined || entity === 'dataset' || !wanted.kinds.includes(entity))
    return { ...wanted, start, end, typed: unquoted(typed) }
  return { ...wanted, kinds: [entity], words: [], start, end, typed: unquoted(typed.slice(dot + 1)) }
}

function wordAt(tokens: Token[], caret: number): { start: number; end: number } {
  const index = tokens.findIndex(token => token.start < caret && caret <= token.end)
  const token = tokens[index]
  if (!token) return { start: caret, end: caret }
  if (token.kind === 'sign' && caret === token.end && entirelySign.test(token.text)) return { start: caret, end: caret }
  const before = tokens[index - 1]
  const after = tokens[index + 1]
  const start = before && joined(before, token) ? before.start : token.start
  if (!token.closed) return { start, end: caret }
  return { start, end: after && after.closed && joined(token, after) ? after.end : token.end }
}

/** Do the two make one key, such as ``metrics.`a b` ``? */
function joined(first: Token, second: Token): boolean {
  if (first.end !== second.start) return false
  if (first.kind === 'word') return second.kind === 'quoted' && first.text.endsWith('.')
  return first.kind === 'quoted' && second.kind === 'word' && second.text.startsWith('.')
}

/** The content of a text that starts with a quote, closed or not; other texts as they are. */
function unquoted(text: string): string {
  const [first] = tokenize(text)
  return first?.kind === 'quoted' ? first.content : text
}
