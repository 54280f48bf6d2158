/** First bytes of the formats that are served, with what stands at byte 8 of a RIFF container. Nothing that may hold a script is among them. */
const magics: readonly { type: string; bytes: readonly number[]; at8?: string }[] = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/gif', bytes: [0x47, 0x49, 0x46, 0x38] },
  { type: 'image/bmp', bytes: [0x42, 0x4d] },
  { type: 'image/webp', bytes: [0x52, 0x49, 0x46, 0x46], at8: 'WEBP' },
  { type: 'audio/wav', bytes: [0x52, 0x49, 0x46, 0x46], at8: 'WAVE' },
  { type: 'audio/ogg', bytes: [0x4f, 0x67, 0x67, 0x53] },
  { type: 'audio/flac', bytes: [0x66, 0x4c, 0x61, 0x43] },
  { type: 'audio/mpeg', bytes: [0x49, 0x44, 0x33] },
]

/** A frame of MPEG audio without a tag before it: eleven bits set, of layer 3. */
function isMpegFrame(bytes: Buffer): boolean {
  return bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2
}

/** The media type that bytes say themselves; null for any other. */
export function sniffMedia(bytes: Buffer): string | null {
  const found = magics.find(
    ({ bytes: magic, at8 }) =>
      magic.every((byte, at) => bytes[at] === byte) && (at8 === undefined || bytes.toString('latin1', 8, 12) === at8),
  )
  return found?.type ?? (isMpegFrame(bytes) ? 'audio/mpeg' : null)
}
