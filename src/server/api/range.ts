/** The bytes to send, both ends included; `all` where there is no usable Range, `none` where it lies past the end. */
export type ByteRange = { start: number; end: number } | 'all' | 'none'

/**
 * One range of RFC 9110 §14. Several ranges are answered with the whole file, as the RFC permits: a part for each would let a small
 * request ask for many times the file.
 */
export function parseRange(header: string | null, size: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [from = '', to = ''] = match?.slice(1) ?? []
  if (!match || (from === '' && to === '')) return 'all'
  if (from === '') {
    const length = Math.min(Number(to), size)
    return length === 0 ? 'none' : { start: size - length, end: size - 1 }
  }
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return 'all'
  return start >= size ? 'none' : { start, end }
}
