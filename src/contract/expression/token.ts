/** One name, number, quoted name or sign of an expression. */
export interface ExpressionToken {
  kind: 'name' | 'number' | 'quoted' | 'sign' | 'end'
  /** As it stands in the text. */
  text: string
  start: number
  end: number
  /** Of quoted ones what stands between the backticks, doubled ones undone. */
  content: string
  /** False for a backtick that nothing closes; it takes all the rest of the text. */
  closed: boolean
}

const space = /\s+/y
/** All that begins with a digit, faults such as `1.2.3` and `2x` too. */
const number = /(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?[\p{L}\p{N}\p{M}_.]*/iuy
const name = /[\p{L}_][\p{L}\p{N}\p{M}_.]*/uy
/** Signs of other languages are whole tokens too, so that an error can name them. */
const sign = /\*\*|[<>!=]=?|&&|\|\||./suy

/** Splits a text into tokens, the last one being the `end`. Takes any text: what means nothing becomes a sign. Unlike in a filter, `/` and `-` divide names. */
export function tokenizeExpression(text: string): ExpressionToken[] {
  const tokens: ExpressionToken[] = []
  let position = 0
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = position
    return pattern.exec(text)?.[0] ?? ''
  }
  while (true) {
    position += take(space).length
    if (position >= text.length) break
    const start = position
    if (text[start] === '`') {
      const close = closingBacktick(text, start)
      position = close < 0 ? text.length : close + 1
      const content = text.slice(start + 1, close < 0 ? text.length : close).replaceAll('``', '`')
      tokens.push({ kind: 'quoted', text: text.slice(start, position), start, end: position, content, closed: close >= 0 })
      continue
    }
    let kind: ExpressionToken['kind'] = 'number'
    let raw = take(number)
    if (raw === '') {
      kind = 'name'
      raw = take(name)
    }
    if (raw === '') {
      kind = 'sign'
      raw = take(sign)
    }
    position += raw.length
    tokens.push({ kind, text: raw, start, end: position, content: '', closed: true })
  }
  tokens.push({ kind: 'end', text: '', start: text.length, end: text.length, content: '', closed: true })
  return tokens
}

function closingBacktick(text: string, start: number): number {
  let position = text.indexOf('`', start + 1)
  while (position >= 0 && text[position + 1] === '`') position = text.indexOf('`', position + 2)
  return position
}
