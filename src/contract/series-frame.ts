/** Steps of a series: 32 bits where all fit (nearly always), else the int64 as logged. */
export type Steps = Uint32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>

/** Points of one metric of one run, as columns of equal length. Times in seconds since the epoch. */
export interface Series {
  steps: Steps
  times: Float64Array<ArrayBuffer>
  values: Float64Array<ArrayBuffer>
}

interface FrameHeader {
  points: number
  steps: 'u32' | 'i64'
}

const magic = 0x31534f52 // "ROS1", little-endian

/**
 * One series on the wire: magic u32, header length u32, header (JSON, padded with spaces to a multiple of 8),
 * then times f64, values f64, steps (i64 or u32), little-endian, each aligned to its width.
 */
export function encodeSeriesFrame(series: Series): Uint8Array<ArrayBuffer> {
  const header: FrameHeader = { points: series.values.length, steps: series.steps instanceof Uint32Array ? 'u32' : 'i64' }
  const text = JSON.stringify(header)
  const padded = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 8) * 8))
  const frame = new Uint8Array(8 + padded.length + series.values.length * 16 + series.steps.byteLength)
  const view = new DataView(frame.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, padded.length, true)
  frame.set(padded, 8)
  let offset = 8 + padded.length
  for (const column of [series.times, series.values, series.steps]) {
    frame.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset)
    offset += column.byteLength
  }
  return frame
}

export function decodeSeriesFrame(bytes: Uint8Array): Series {
  const frame = bytes.slice()
  const view = new DataView(frame.buffer)
  if (frame.length < 8 || view.getUint32(0, true) !== magic) throw new Error('Not a series frame: it must start with ROS1')
  const start = 8 + view.getUint32(4, true)
  const header = JSON.parse(new TextDecoder().decode(frame.subarray(8, start))) as FrameHeader
  const { points } = header
  const stepsAt = start + points * 16
  return {
    times: new Float64Array(frame.buffer, start, points),
    values: new Float64Array(frame.buffer, start + points * 8, points),
    steps: header.steps === 'u32' ? new Uint32Array(frame.buffer, stepsAt, points) : new BigInt64Array(frame.buffer, stepsAt, points),
  }
}
