import { ApiError } from '#contract/api-error.ts'
import { crc32c, maskedCrc } from '#server/readers/tensorboard/crc32c.ts'

import { openInside } from './paths.ts'
import type { ArtifactPlace } from './services.ts'

const headerBytes = 12
const footerBytes = 4
/** As the reader of event files has it. */
const mostBytes = 16 * 1024 * 1024

/** Reads the event at a place in a file of a run again, and checks it. Throws `not_found` where the file is gone or is another one now. */
export async function readEvent(place: ArtifactPlace, record: { file: string; offset: number } | undefined): Promise<Buffer> {
  if (!record) throw gone()
  const { handle, size } = await openInside(place, record.file)
  try {
    const header = Buffer.alloc(headerBytes)
    if (record.offset + headerBytes > size) throw gone()
    await handle.read(header, 0, headerBytes, record.offset)
    const length = Number(header.readBigUInt64LE(0))
    if (header.readUInt32LE(8) !== crcOf(header, 8) || length > mostBytes || record.offset + headerBytes + length + footerBytes > size)
      throw gone()
    const data = Buffer.alloc(length + footerBytes)
    await handle.read(data, 0, data.length, record.offset + headerBytes)
    if (data.readUInt32LE(length) !== crcOf(data, length)) throw gone()
    return data.subarray(0, length)
  } finally {
    await handle.close()
  }
}

function crcOf(bytes: Buffer, end: number): number {
  return maskedCrc(crc32c(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, end)) >>> 0
}

function gone(): ApiError {
  return new ApiError('not_found', 'The event file has changed, and this value is no longer where it was.')
}
