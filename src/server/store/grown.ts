type Grows = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/** The array itself where it holds `size` entries, else a longer one that begins with them, with room for as many again as an eighth. */
export function grown<A extends Grows>(array: A, size: number, fill = 0): A {
  if (array.length >= size) return array
  const make = array.constructor as new (length: number) => A
  const longer = new make(size + (size >>> 3) + 8)
  longer.set(array)
  if (fill !== 0) longer.fill(fill, array.length)
  return longer
}
