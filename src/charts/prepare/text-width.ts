/** Width of an axis label in px at 11 px, near enough to reserve room for it where there is no canvas to ask. */
export function textWidth(text: string): number {
  let width = 0
  for (const character of text) width += widthOf(character)
  return Math.ceil(width)
}

function widthOf(character: string): number {
  if (".,:ijl1 |'’".includes(character) && character !== '1') return 3.2
  if (character >= '0' && character <= '9') return 7
  if ('mwMW@%—'.includes(character)) return 9.5
  return character > '\u2e80' ? 11 : 6.4
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The characters of a text as people count them: an emoji of several code points is one. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), part => part.segment)
}

/** Cuts a text to a width in px, with `…` at its end. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const characters = graphemes(text)
  while (characters.length > 1 && textWidth(`${characters.join('')}…`) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
