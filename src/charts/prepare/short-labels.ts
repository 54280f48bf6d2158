import { cutText, graphemes, textWidth } from './text-width.ts'

/** Length of the beginning that all texts share, up to the last place where a word ends. */
function sharedLength(texts: readonly string[]): number {
  const [first = '', ...others] = texts
  let length = 0
  while (length < first.length && others.every(text => text[length] === first[length])) length += 1
  while (length > 0 && !/[-_/ :]/.test(first[length - 1] ?? '')) length -= 1
  return length
}

/** Labels of at most `width` px: where one is longer, what all of them begin with is left out, since it tells none from another. */
export function shortLabels(labels: readonly string[], width: number): string[] {
  if (labels.every(label => textWidth(label) <= width)) return [...labels]
  const shared = labels.length > 1 ? sharedLength(labels) : 0
  const cut = labels.map(label => cutText(shared > 0 ? `…${label.slice(shared)}` : label, width))
  return new Set(cut).size === new Set(labels).size ? cut : labels.map(label => cutEnd(label, width))
}

/** Keeps the end of a text, where siblings differ more often than in the middle. */
function cutEnd(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const characters = graphemes(text)
  while (characters.length > 1 && textWidth(`…${characters.join('')}`) > width) characters.shift()
  return `…${characters.join('')}`
}
