import type { Wire } from './wire.ts'

/** A number that a tensor holds, or why it holds none. */
export interface TensorFacts {
  dtype: number
  rank: number
  elements: number
  /** The first element; undefined for a type that is no number. */
  value: number | undefined
  /** Is it exactly a float32? */
  float32: boolean
}

/** `DataType` of tensorflow/core/framework/types.proto: how an element lies in `tensor_content`. */
const contents: Record<number, { bytes: number; read: (view: DataView, at: number) => number }> = {
  1: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  2: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  3: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  4: { bytes: 1, read: (view, at) => view.getUint8(at) },
  5: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  6: { bytes: 1, read: (view, at) => view.getInt8(at) },
  9: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  10: { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  14: { bytes: 2, read: (view, at) => ofBfloat16(view.getUint16(at, true)) },
  17: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  19: { bytes: 2, read: (view, at) => ofHalf(view.getUint16(at, true)) },
  22: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  23: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
}
const half = 19
const bfloat16 = 14
const narrowFloats = new Set([1, bfloat16, half])

/**
 * Reads type, shape and first element of a `TensorProto` that ends at `end` (tensorflow/core/framework/tensor.proto). A tensor without
 * elements written holds zeros, as `tensor_util.make_ndarray` has it. Integers beyond 2^53 are rounded to a double, as TensorBoard does.
 */
export function readTensor(wire: Wire, end: number): TensorFacts {
  let dtype = 0
  let dims: number[] = []
  let content = -1
  let contentEnd = 0
  let value: number | undefined
  let raw: number | undefined
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 8) dtype = wire.varint(end)
    else if (key === 18) dims = readShape(wire, wire.enter(end))
    else if (key === 34) {
      contentEnd = wire.enter(end)
      content = wire.at
      wire.at = contentEnd
    } else if (key === 42 || key === 45) value = first(wire, key, end, value, part => wire.float(part))
    else if (key === 50 || key === 49) value = first(wire, key, end, value, part => wire.double(part))
    else if (key === 58 || key === 56 || key === 82 || key === 80) value = first(wire, key, end, value, part => Number(wire.int64(part)))
    else if (key === 90 || key === 88) value = first(wire, key, end, value, part => (wire.varint(part) === 0 ? 0 : 1))
    else if (key === 106 || key === 104) raw = first(wire, key, end, raw, part => wire.varint(part))
    else if (key === 130 || key === 128 || key === 138 || key === 136)
      value = first(wire, key, end, value, part => unsigned(wire.int64(part)))
    else wire.skip(key, end)
  }
  if (raw !== undefined) value = dtype === half ? ofHalf(raw) : dtype === bfloat16 ? ofBfloat16(raw) : value
  const layout = contents[dtype]
  if (layout && content >= 0 && contentEnd - content >= layout.bytes) value = layout.read(wire.view, content)
  return {
    dtype,
    rank: dims.length,
    elements: dims.reduce((product, size) => product * size, 1),
    value: layout ? (value ?? 0) : undefined,
    float32: narrowFloats.has(dtype),
  }
}

/** The first of repeated numbers, packed (the even wire type 2) or one by one; those after it are passed over. */
function first(wire: Wire, key: number, end: number, before: number | undefined, read: (end: number) => number): number | undefined {
  if ((key & 7) !== 2) {
    const value = read(end)
    return before ?? value
  }
  const to = wire.enter(end)
  const value = before ?? (wire.at < to ? read(to) : undefined)
  wire.at = to
  return value
}

/** Sizes of a `TensorShapeProto` that ends at `end`. */
export function readShape(wire: Wire, end: number): number[] {
  const dims: number[] = []
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 18) dims.push(readSize(wire, wire.enter(end)))
    else wire.skip(key, end)
  }
  return dims
}

function readSize(wire: Wire, end: number): number {
  let size = 0
  while (wire.at < end) {
    const key = wire.varint(end)
    if (key === 8) size = Number(wire.int64(end))
    else wire.skip(key, end)
  }
  return size
}

function unsigned(value: number | bigint): number {
  return Number(BigInt.asUintN(64, BigInt(value)))
}

function ofHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const word = new DataView(new ArrayBuffer(4))

function ofBfloat16(bits: number): number {
  word.setUint32(0, (bits & 0xffff) << 16)
  return word.getFloat32(0)
}
