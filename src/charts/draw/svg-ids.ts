import { stableHash } from '#lib/stable-hash.ts'

/**
 * The ids that the drawing library counts on for the life of the program, numbered from 0 in the order in which they appear, so that one model
 * gives one text; with a beginning out of the picture itself, so that two pictures in one page do not take each other's clips.
 */
export function numberedInOrder(text: string): string {
  // What the library notes for its own code in a page that takes the picture over.
  const svg = text.replaceAll(/ ecmeta_[a-z_]+="[^"]*"/g, '')
  const numbers = new Map<string, string>()
  const numbered = svg.replaceAll(/\bzr\d+-([a-z]+)-?(\d+)/g, (id, kind: string) => {
    const name = numbers.get(id) ?? `\u0000${kind}${numbers.size}`
    numbers.set(id, name)
    return name
  })
  return numbered.replaceAll('\u0000', `r${stableHash(numbered).toString(36)}-`)
}
