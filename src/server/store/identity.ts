import { createHash } from 'node:crypto'

/** An opaque id: 16 hex digits of a hash over the parts, the same on every machine. */
export function opaqueId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}
