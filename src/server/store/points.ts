import type { Series, Steps } from '#contract/series-frame.ts'
import { sortedOrder } from '#maths/sorted-order.ts'

/** Points a chunk; a series with fewer shares pages with the others of its run. */
export const chunkPoints = 4_096
/** Bytes of one page, without its directory, unless a single series needs more. */
export const pageBytes = 65_536

const wideSteps = 1
const littleEndian = true

/** Bytes of a block: flags u32, count u32, times f64, values f64, steps u32 or i64, padded to a multiple of 8. */
export function encodeBlock({ steps, times, values }: Series): Uint8Array<ArrayBuffer> {
  const count = values.length
  const stepsAt = 8 + count * 16
  const bytes = new Uint8Array(Math.ceil((stepsAt + steps.byteLength) / 8) * 8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, steps instanceof BigInt64Array ? wideSteps : 0, littleEndian)
  view.setUint32(4, count, littleEndian)
  new Float64Array(bytes.buffer, 8, count).set(times)
  new Float64Array(bytes.buffer, 8 + count * 8, count).set(values)
  bytes.set(new Uint8Array(steps.buffer, steps.byteOffset, steps.byteLength), stepsAt)
  return bytes
}

/** Reads the block at `offset` of `bytes`; the arrays are views of these where that is aligned, else copies. */
export function decodeBlock(bytes: Uint8Array, offset = 0): Series {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const wide = view.getUint32(offset, littleEndian) === wideSteps
  const count = view.getUint32(offset + 4, littleEndian)
  const start = offset + 8
  const isAligned = (bytes.byteOffset + start) % 8 === 0
  const buffer = (isAligned ? bytes.buffer : bytes.slice(start, start + count * (wide ? 24 : 20)).buffer) as ArrayBuffer
  const from = isAligned ? bytes.byteOffset + start : 0
  return {
    times: new Float64Array(buffer, from, count),
    values: new Float64Array(buffer, from + count * 8, count),
    steps: wide ? new BigInt64Array(buffer, from + count * 16, count) : new Uint32Array(buffer, from + count * 16, count),
  }
}

/** The parts as one series, in their order. */
export function concatSeries(parts: readonly Series[]): Series {
  if (parts.length === 1 && parts[0]) return parts[0]
  const count = parts.reduce((sum, part) => sum + part.values.length, 0)
  const times = new Float64Array(count)
  const values = new Float64Array(count)
  const wide = parts.some(part => part.steps instanceof BigInt64Array)
  const steps: Steps = wide ? new BigInt64Array(count) : new Uint32Array(count)
  let offset = 0
  for (const part of parts) {
    times.set(part.times, offset)
    values.set(part.values, offset)
    if (steps instanceof BigInt64Array)
      steps.set(part.steps instanceof BigInt64Array ? part.steps : BigInt64Array.from(part.steps, BigInt), offset)
    else if (part.steps instanceof Uint32Array) steps.set(part.steps, offset)
    offset += part.values.length
  }
  return { steps, times, values }
}

/** Points from one position to another (exclusive), as views of the same memory. */
export function sliceSeries({ steps, times, values }: Series, from: number, to: number): Series {
  return { steps: steps.subarray(from, to), times: times.subarray(from, to), values: values.subarray(from, to) }
}

/** The same points in the order (step, time, arrival). */
export function sortSeries(series: Series): Series {
  const { steps, times } = series
  const order = sortedOrder(times.length, (a, b) => {
    const stepA = steps[a]!
    const stepB = steps[b]!
    if (stepA !== stepB) return stepA < stepB ? -1 : 1
    return times[a]! - times[b]! || a - b
  })
  return takePoints(series, order)
}

/** Points at some positions, in the order of these. A loop, since series of millions of points come here. */
export function takePoints({ steps, times, values }: Series, positions: Uint32Array): Series {
  const count = positions.length
  const taken = { steps: takeSteps(steps, positions), times: new Float64Array(count), values: new Float64Array(count) }
  for (let at = 0; at < count; at += 1) {
    taken.times[at] = times[positions[at]!]!
    taken.values[at] = values[positions[at]!]!
  }
  return taken
}

function takeSteps(steps: Steps, positions: Uint32Array): Steps {
  if (steps instanceof Uint32Array) {
    const taken = new Uint32Array(positions.length)
    for (let at = 0; at < taken.length; at += 1) taken[at] = steps[positions[at]!]!
    return taken
  }
  const taken = new BigInt64Array(positions.length)
  for (let at = 0; at < taken.length; at += 1) taken[at] = steps[positions[at]!]!
  return taken
}
