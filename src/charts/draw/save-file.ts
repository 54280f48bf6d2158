/** Name of a file for something that has a key: without what file systems refuse, at most 80 characters. */
export function fileName(key: string, ending: string): string {
  const plain = key.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/g, '')
  return `${plain.slice(0, 80) || 'chart'}.${ending}`
}

/** Lets the browser save a file. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
