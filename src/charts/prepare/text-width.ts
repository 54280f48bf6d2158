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

/** Cuts a text to a width in px, with `…` at its end. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const characters = [...text]
  while (characters.length > 1 && textWidth(`${characters.join('')}…`) > width) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
