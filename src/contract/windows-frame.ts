import type { Series } from './series-frame.ts'
import type { Seam, SeriesFault, SeriesWindow } from './series-window.ts'

type StepKind = 'u32' | 'i64'
/** A series in the header: how many points its columns have. */
type InHeader<Part extends { drawn: Series }> = Omit<Part, 'drawn'> & { drawn: number; steps: StepKind }
type Entry = (InHeader<Omit<SeriesWindow, 'band' | 'x' | 'seams'>> & { band?: true; x?: true; seams?: InHeader<Seam>[] }) | SeriesFault

const magic = 0x31574f52 // "ROW1", little-endian
const align = (bytes: number) => Math.ceil(bytes / 8) * 8

function isFault(answer: SeriesWindow | SeriesFault): answer is SeriesFault {
  return 'error' in answer
}

/**
 * Series on the wire: magic u32, header length u32, header (JSON: an entry for each series that was asked for, in that order; padded with
 * spaces to a multiple of 8), then for each that could be had times f64, values f64, where it has a band its low f64 and high f64, x f64 where
 * the axis is a metric, steps (u32 or i64), and the times, values and steps of each of its seams, little-endian, each padded to 8 bytes.
 */
export function encodeWindows(answers: readonly (SeriesWindow | SeriesFault)[]): Uint8Array<ArrayBuffer> {
  const entries = answers.map((answer): Entry => {
    if (isFault(answer)) return answer
    const { band, x, seams, ...rest } = answer
    const entries = seams?.map(inHeader)
    return { ...inHeader(rest), ...(band && { band: true }), ...(x && { x: true }), ...(entries && { seams: entries }) }
  })
  const header = new TextEncoder().encode(JSON.stringify(entries))
  const start = 8 + align(header.length)
  const columns = answers.flatMap(answer => (isFault(answer) ? [] : columnsOf(answer)))
  const frame = new Uint8Array(start + columns.reduce((sum, column) => sum + align(column.byteLength), 0))
  const view = new DataView(frame.buffer)
  view.setUint32(0, magic, true)
  view.setUint32(4, start - 8, true)
  frame.fill(0x20, 8, start)
  frame.set(header, 8)
  let offset = start
  for (const column of columns) {
    frame.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset)
    offset += align(column.byteLength)
  }
  return frame
}

function inHeader<Part extends { drawn: Series }>({ drawn, ...rest }: Part): InHeader<Part> {
  return { ...rest, drawn: drawn.values.length, steps: drawn.steps instanceof Uint32Array ? 'u32' : 'i64' }
}

function columnsOf({ drawn: { times, values, steps }, band, x, seams = [] }: SeriesWindow) {
  const line = [times, values, ...(band ? [band.low, band.high] : []), ...(x ? [x] : []), steps]
  return [...line, ...seams.flatMap(({ drawn }) => [drawn.times, drawn.values, drawn.steps])]
}

/** Reads what `encodeWindows` wrote; the arrays are views of one copy of the bytes. Throws for bytes that are no such frame. */
export function decodeWindows(bytes: Uint8Array): (SeriesWindow | SeriesFault)[] {
  const { buffer } = bytes.slice()
  const view = new DataView(buffer)
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== magic) throw new Error('Not a frame of series: it must start with ROW1')
  const start = 8 + view.getUint32(4, true)
  const entries = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, start - 8))) as Entry[]
  let offset = start
  const take = <Column>(make: (at: number) => Column, size: number): Column => {
    const column = make(offset)
    offset += align(size)
    return column
  }
  return entries.map(entry => {
    if ('error' in entry) return entry
    const { drawn: count, steps: kind, band: banded, x: placed, seams: resumed, ...rest } = entry
    const column = (length: number) => take(at => new Float64Array(buffer, at, length), length * 8)
    const stepColumn = (length: number, steps: StepKind) =>
      take(
        at => (steps === 'u32' ? new Uint32Array(buffer, at, length) : new BigInt64Array(buffer, at, length)),
        length * (steps === 'u32' ? 4 : 8),
      )
    const [times, values] = [column(count), column(count)]
    const band = banded && { low: column(count), high: column(count) }
    const x = placed && column(count)
    const steps = stepColumn(count, kind)
    const seams = resumed?.map(({ drawn: points, steps: width, ...seam }) => {
      const [atTimes, atValues] = [column(points), column(points)]
      return { ...seam, drawn: { steps: stepColumn(points, width), times: atTimes, values: atValues } }
    })
    return { ...rest, drawn: { steps, times, values }, ...(band && { band }), ...(x && { x }), ...(seams && { seams }) }
  })
}
