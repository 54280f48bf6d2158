export type HighlightKind = 'key' | 'string' | 'number' | 'operator' | 'plain'

export interface HighlightPart {
  text: string
  kind: HighlightKind
  /** Stands under the wavy line of an error. */
  wrong: boolean
}

/**
 * Splits a text into parts of one colour each, spaces included, so that the parts joined are the text; `kinds` are those of the tokens. Where
 * something is missing, the next character is marked, at the very end one more space.
 */
export function paintedParts(
  text: string,
  tokens: readonly { start: number; end: number }[],
  kinds: readonly HighlightKind[],
  error: { start: number; end: number } | null,
): HighlightPart[] {
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
  let position = 0
  for (const [index, token] of tokens.entries()) {
    add(position, token.start, 'plain')
    add(token.start, token.end, kinds[index] ?? 'plain')
    position = token.end
  }
  if (error && error.start >= text.length) parts.push({ text: ' ', kind: 'plain', wrong: true })
  return parts
}
