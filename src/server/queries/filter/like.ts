import { foldCase } from './code-points.ts'

/** Code points of a pattern between two `%`; null is `_`, any one code point. */
type Segment = (string | null)[]

/**
 * A test for SQL's `like` over the whole text: `%` is any text, line breaks included, `_` any one code point, `\%`, `\_` and `\\` the
 * character itself; any other backslash is one. Takes time in proportion to text × pattern at most, whatever the pattern.
 */
export function compileLike(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  const segments = split(ignoreCase ? foldCase(pattern) : pattern)
  const matches = segments.some(segment => segment.includes(null))
    ? (text: string): boolean => matchPoints(Array.from(text), segments)
    : matchTexts(segments.map(segment => segment.join('')))
  return ignoreCase ? text => matches(foldCase(text)) : matches
}

function split(pattern: string): Segment[] {
  let segment: Segment = []
  const segments = [segment]
  let escaped = false
  for (const character of pattern) {
    if (escaped) {
      if (!'%_\\'.includes(character)) segment.push('\\')
      segment.push(character)
      escaped = false
    } else if (character === '\\') escaped = true
    else if (character === '%') {
      segment = []
      segments.push(segment)
    } else segment.push(character === '_' ? null : character)
  }
  if (escaped) segment.push('\\')
  return segments
}

/** Each piece between two `%` is taken at its first place behind the one before: if any places fit, those do. */
function matchTexts(pieces: string[]): (text: string) => boolean {
  const prefix = pieces[0] ?? ''
  if (pieces.length === 1) return text => text === prefix
  const suffix = pieces.at(-1) ?? ''
  const middle = pieces.slice(1, -1).filter(piece => piece !== '')
  return text => {
    if (text.length < prefix.length + suffix.length || !text.startsWith(prefix) || !text.endsWith(suffix)) return false
    let position = prefix.length
    for (const piece of middle) {
      const found = text.indexOf(piece, position)
      if (found < 0) return false
      position = found + piece.length
    }
    return position <= text.length - suffix.length
  }
}

function matchPoints(points: string[], segments: Segment[]): boolean {
  const prefix = segments[0] ?? []
  if (segments.length === 1) return points.length === prefix.length && fits(points, 0, prefix)
  const suffix = segments.at(-1) ?? []
  const end = points.length - suffix.length
  if (end < prefix.length || !fits(points, 0, prefix) || !fits(points, end, suffix)) return false
  let position = prefix.length
  for (const segment of segments.slice(1, -1)) {
    while (position + segment.length <= end && !fits(points, position, segment)) position += 1
    position += segment.length
    if (position > end) return false
  }
  return true
}

function fits(points: string[], at: number, segment: Segment): boolean {
  return segment.every((wanted, index) => wanted === null || wanted === points[at + index])
}
