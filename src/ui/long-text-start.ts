/** Characters that may be left out without a saving: a text that is longer by less is shown whole. */
const slack = 40

/** The start of a text up to a number of lines and characters, never half of a surrogate pair; the whole text when little would be left out. */
export function startOfText(text: string, lines: number, characters: number): string {
  let end = text.length > characters + slack ? characters : text.length
  let at = -1
  for (let line = 0; line < lines; line += 1) {
    at = text.indexOf('\n', at + 1)
    if (at < 0) break
  }
  if (at >= 0 && at < end) end = at
  if (end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')) end -= 1
  return text.slice(end).trim() === '' ? text : text.slice(0, end)
}
