import { readShape } from './tensor.ts'
import { Wire, WireError } from './wire.ts'

/** Buckets of a histogram: left edge, right edge, count. */
export type Buckets = [left: number, right: number, count: number][]

/** `Summary.Value` messages of an `Event` whose tag is this one, as stretches of its bytes. */
function* valuesOf(wire: Wire, length: number, tag: string): Generator<number> {
  wire.at = 0
  while (wire.at < length) {
    const key = wire.varint(length)
    if (key !== 42) {
      wire.skip(key, length)
      continue
    }
    const summaryEnd = wire.enter(length)
    while (wire.at < summaryEnd) {
      const inner = wire.varint(summaryEnd)
      if (inner !== 10) {
        wire.skip(inner, summaryEnd)
        continue
      }
      const end = wire.enter(summaryEnd)
      const start = wire.at
      if (tagOf(wire, end) === tag) {
        wire.at = start
        yield end
      }
      wire.at = end
    }
    wire.at = summaryEnd
  }
}

function tagOf(wire: Wire, end: number): string {
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 10) return wire.text(end)
    wire.skip(key, end)
  }
  return ''
}

/** Fields of the value of a tag in an event: those of TensorFlow 1 and the tensor, as stretches. Throws `WireError` where it is not there. */
function fieldsOf(event: Buffer, tag: string): { wire: Wire; fields: Map<number, { start: number; end: number }> } {
  const wire = new Wire(event)
  for (const end of valuesOf(wire, event.length, tag)) {
    const fields = new Map<number, { start: number; end: number }>()
    while (wire.at < end) {
      const key = wire.varint(end)
      if ((key & 7) !== 2) wire.skip(key, end)
      else {
        const to = wire.enter(end)
        fields.set(key >> 3, { start: wire.at, end: to })
        wire.at = to
      }
    }
    return { wire, fields }
  }
  throw new WireError(`no value of the tag ${JSON.stringify(tag)}`)
}

const fieldNumbers = { image: 4, histogram: 5, audio: 6, tensor: 8 }

/** The encoded image of a value (`Summary.Image`, or a tensor of width, height and images), by its number. */
export function imageOf(event: Buffer, tag: string, index: number): Buffer {
  const { wire, fields } = fieldsOf(event, tag)
  const plain = fields.get(fieldNumbers.image)
  const images = plain ? [bytesField(wire, plain, 34)] : stringsOf(wire, fields.get(fieldNumbers.tensor)).texts.slice(2)
  const image = images[index]
  if (!image) throw new WireError(`no image ${index} among ${images.length}`)
  return image
}

/** The encoded audio of a value (`Summary.Audio`, or a tensor of clips with a label each). */
export function audioOf(event: Buffer, tag: string, index: number): Buffer {
  const { wire, fields } = fieldsOf(event, tag)
  const plain = fields.get(fieldNumbers.audio)
  if (plain) return bytesField(wire, plain, 34)
  const { texts, dims } = stringsOf(wire, fields.get(fieldNumbers.tensor))
  const clip = texts[index * (dims[1] ?? 1)]
  if (!clip) throw new WireError(`no clip ${index}`)
  return clip
}

/** The texts of a value, row by row, and how many a row has. */
export function textsOf(event: Buffer, tag: string): { texts: string[]; columns: number } {
  const { wire, fields } = fieldsOf(event, tag)
  const { texts, dims } = stringsOf(wire, fields.get(fieldNumbers.tensor))
  return { texts: texts.map(text => text.toString('utf8')), columns: dims.length > 1 ? (dims.at(-1) ?? 1) : 1 }
}

/**
 * The buckets of a histogram: of a tensor as it is, of `HistogramProto` as TensorBoard makes them of its limits (data_compat.py): empty ones
 * at both ends go, since their limits may be those of all doubles; the first begins at the least value and the last ends at the greatest.
 */
export function bucketsOf(event: Buffer, tag: string): Buckets {
  const { wire, fields } = fieldsOf(event, tag)
  const plain = fields.get(fieldNumbers.histogram)
  if (!plain) return tripled(doublesOfTensor(wire, fields.get(fieldNumbers.tensor)))
  let [least, greatest] = [0, 0]
  const limits: number[] = []
  const counts: number[] = []
  wire.at = plain.start
  while (wire.at < plain.end) {
    const key = wire.varint(plain.end)
    if (key === 9) least = wire.double(plain.end)
    else if (key === 17) greatest = wire.double(plain.end)
    else if (key === 50 || key === 49) pushDoubles(limits, wire, key, plain.end)
    else if (key === 58 || key === 57) pushDoubles(counts, wire, key, plain.end)
    else wire.skip(key, plain.end)
  }
  const start = counts.findIndex(count => count > 0)
  const end = counts.findLastIndex(count => count > 0)
  if (start < 0) return []
  return counts
    .slice(start, end + 1)
    .map((count, at) => [
      at === 0 ? least : (limits[start + at - 1] ?? 0),
      start + at === end ? greatest : (limits[start + at] ?? 0),
      count,
    ])
}

const prCurveRows = 6

/**
 * Rows of true positives, false positives, true negatives, false negatives, precision and recall, a column for each threshold from 0 to 1
 * (tensorboard/plugins/pr_curve/metadata.py).
 */
export function prCurveOf(event: Buffer, tag: string): number[][] {
  const { wire, fields } = fieldsOf(event, tag)
  const numbers = doublesOfTensor(wire, fields.get(fieldNumbers.tensor))
  const thresholds = numbers.length / prCurveRows
  if (thresholds === 0 || !Number.isInteger(thresholds)) throw new WireError(`${numbers.length} numbers are no six rows of a curve`)
  return Array.from({ length: prCurveRows }, (_, row) => numbers.slice(row * thresholds, (row + 1) * thresholds))
}

/** Adds repeated numbers, packed or one by one. */
function pushDoubles(values: number[], wire: Wire, key: number, end: number): void {
  if ((key & 7) === 1) {
    values.push(wire.double(end))
    return
  }
  const to = wire.enter(end)
  while (wire.at < to) values.push(wire.double(to))
}

function tripled(values: readonly number[]): Buckets {
  const buckets: Buckets = []
  for (let at = 0; at + 2 < values.length; at += 3) buckets.push([values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0])
  return buckets
}

interface Stretch {
  start: number
  end: number
}

function bytesField(wire: Wire, { start, end }: Stretch, wanted: number): Buffer {
  wire.at = start
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key !== wanted) {
      wire.skip(key, end)
      continue
    }
    const to = wire.enter(end)
    return wire.bytes.subarray(wire.at, to)
  }
  throw new WireError('no bytes')
}

/** `TensorProto` of strings: string_val 8, its shape 2. */
function stringsOf(wire: Wire, tensor: Stretch | undefined): { texts: Buffer[]; dims: number[] } {
  if (!tensor) throw new WireError('no tensor')
  const texts: Buffer[] = []
  let dims: number[] = []
  wire.at = tensor.start
  while (wire.at < tensor.end) {
    const key = wire.varint(tensor.end)
    if (key === 66) {
      const to = wire.enter(tensor.end)
      texts.push(wire.bytes.subarray(wire.at, to))
      wire.at = to
    } else if (key === 18) dims = readShape(wire, wire.enter(tensor.end))
    else wire.skip(key, tensor.end)
  }
  return { texts, dims }
}

/** All numbers of a `TensorProto` of float32 or float64: tensor_content 4, float_val 5, double_val 6. */
function doublesOfTensor(wire: Wire, tensor: Stretch | undefined): number[] {
  if (!tensor) throw new WireError('no tensor')
  let dtype = 0
  const values: number[] = []
  let content: Stretch | null = null
  wire.at = tensor.start
  while (wire.at < tensor.end) {
    const key = wire.varint(tensor.end)
    if (key === 8) dtype = wire.varint(tensor.end)
    else if (key === 34) {
      const end = wire.enter(tensor.end)
      content = { start: wire.at, end }
      wire.at = end
    } else if (key === 50 || key === 49) pushDoubles(values, wire, key, tensor.end)
    else if (key === 45) values.push(wire.float(tensor.end))
    else if (key === 42) {
      const to = wire.enter(tensor.end)
      while (wire.at < to) values.push(wire.float(to))
    } else wire.skip(key, tensor.end)
  }
  if (!content) return values
  const size = dtype === 2 ? 8 : 4
  for (let at = content.start; at + size <= content.end; at += size)
    values.push(dtype === 2 ? wire.view.getFloat64(at, true) : wire.view.getFloat32(at, true))
  return values
}
