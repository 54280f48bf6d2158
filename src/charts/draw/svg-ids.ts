/** The ids that the drawing library counts on for the life of the program, numbered from 0 in the order in which they appear. */
export function numberedInOrder(svg: string): string {
  const numbers = new Map<string, number>()
  return svg.replaceAll(/\bzr\d+-([a-z]+)-?(\d+)/g, (id, kind: string) => {
    const number = numbers.get(id) ?? numbers.size
    numbers.set(id, number)
    return `r-${kind}${number}`
  })
}
