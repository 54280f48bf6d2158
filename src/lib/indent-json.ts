const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"?|[{}[\],:]|[^\s{}[\],:"]+/gs
/** Characters up to which an array or object of plain values stands on one line. */
const longestLine = 96
const indent = '  '

/** From this depth on, the white space would outgrow the text. */
const deepest = 200

/**
 * The JSON text with a line for each value and two spaces a level; short lists of plain values stay on one line, but for an outermost
 * object. Every value stands as it was written (`1e-05`, `NaN`, integers beyond 2^53), which parsing and printing would change. Takes faulty
 * and cut texts: nothing but white space is ever added or removed. A text nested deeper than 200 levels comes back as it is.
 */
export function indentJson(text: string): string {
  const parts = text.match(tokens) ?? []
  let out = ''
  let depth = 0
  for (let at = 0; at < parts.length; at += 1) {
    const token = parts[at] ?? ''
    if (token === '{' || token === '[') {
      const short = depth === 0 && token === '{' && parts[at + 1] !== '}' ? null : shortList(parts, at)
      if (short) {
        out += short.text
        at = short.end
      } else {
        depth += 1
        if (depth > deepest) return text
        out += `${token}\n${indent.repeat(depth)}`
      }
    } else if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1)
      out += `\n${indent.repeat(depth)}${token}`
    } else if (token === ',') out += `,\n${indent.repeat(depth)}`
    else out += token === ':' ? ': ' : token
  }
  return out
}

/** The list that opens at `start` on one line, when it holds no other list and is short. */
function shortList(parts: readonly string[], start: number): { text: string; end: number } | null {
  const isObject = parts[start] === '{'
  const close = isObject ? '}' : ']'
  let text = ''
  for (let at = start + 1; at < parts.length; at += 1) {
    const token = parts[at] ?? ''
    if (token === close) return { text: isObject && text !== '' ? `{ ${text} }` : `${parts[start]}${text}${close}`, end: at }
    if (token.length === 1 && '{}[]'.includes(token)) return null
    text += token === ',' ? ', ' : token === ':' ? ': ' : token
    if (text.length > longestLine) return null
  }
  return null
}
