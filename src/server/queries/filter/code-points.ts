// The control characters belong to ASCII too.
// oxlint-disable-next-line no-control-regex
const ascii = /^\p{ASCII}*$/u

/** Orders two texts by code point. JavaScript's `<` orders by UTF-16 unit, which puts an emoji before the letters from U+E000 on. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index += 1) {
    const x = a.charCodeAt(index)
    const y = b.charCodeAt(index)
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}

/** Moves surrogates, which stand for code points from U+10000 on, above all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/** A text without the difference of upper and lower case, code point by code point, so that lengths in code points stay as they are. */
export function foldCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  let folded = ''
  for (const character of text) folded += foldCharacter(character)
  return folded
}

function foldCharacter(character: string): string {
  const upper = character.toUpperCase()
  const lower = (isOneCodePoint(upper) ? upper : character).toLowerCase()
  return isOneCodePoint(lower) ? lower : character
}

function isOneCodePoint(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff)
}
