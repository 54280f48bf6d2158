/** One word, number, quoted text or sign. */
export interface Token {
  kind: 'word' | 'number' | 'quoted' | 'sign' | 'end'
  /** As it stands in the text. */
  text: string
  start: number
  end: number
  /** Of quoted ones what stands between the quotes, doubled quotes undone. */
  content: string
  /** False for a quote that nothing closes; it takes all the rest of the text. */
  closed: boolean
}

/** What a language is written with. Patterns are sticky; `number` is tried first, then `word`; `sign` matches any character. */
export interface Lexis {
  quotes: string
  number: RegExp
  word: RegExp
  sign: RegExp
}

const space = /\s+/y

/** Splits a text into tokens, the last one being the `end`. Takes any text: what means nothing becomes a sign, an open quote the rest. */
export function scan(text: string, { quotes, ...patterns }: Lexis): Token[] {
  const tokens: Token[] = []
  let position = 0
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = position
    return pattern.exec(text)?.[0] ?? ''
  }
  while (true) {
    position += take(space).length
    const first = text[position]
    if (first === undefined) break
    const start = position
    let kind: Token['kind'] = 'quoted'
    let content = ''
    let closed = true
    if (quotes.includes(first)) {
      const end = closingQuote(text, start)
      closed = end >= 0
      position = closed ? end + 1 : text.length
      content = text.slice(start + 1, closed ? end : text.length).replaceAll(first + first, first)
    } else {
      kind = (['number', 'word'] as const).find(name => take(patterns[name]) !== '') ?? 'sign'
      position += take(patterns[kind]).length
    }
    tokens.push({ kind, text: text.slice(start, position), start, end: position, content, closed })
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length, content: '', closed: true })
  return tokens
}

/** Position of the quote that closes the one at `start`, or -1. A doubled quote stands for itself. */
function closingQuote(text: string, start: number): number {
  const quote = text[start] ?? ''
  let position = text.indexOf(quote, start + 1)
  while (position >= 0 && text[position + 1] === quote) position = text.indexOf(quote, position + 2)
  return position
}
