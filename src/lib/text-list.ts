/** Texts with a comma between them, which is escaped in them; empty ones are left out. */
export function printList(texts: readonly string[]): string {
  return texts
    .filter(text => text !== '')
    .map(text => text.replaceAll(/[%,]/g, encodeURIComponent))
    .join(',')
}

/** Reads what `printList` writes; what is not escaped well stays as it is. */
export function parseList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .filter(part => part !== '')
    .map(part => {
      try {
        return decodeURIComponent(part)
      } catch {
        return part
      }
    })
}
