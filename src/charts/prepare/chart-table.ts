import type { LineInput } from './line-input.ts'
import { countDrawn, everyPoint } from './seams.ts'

/** One drawn point, as the table and the CSV file have it. */
export interface PointRow {
  line: string
  step: string
  /** ISO 8601 in UTC; empty where the clock gave none that a calendar has. */
  time: string
  /** Of the metric on the horizontal axis; only where it is one. */
  x?: string
  /** As logged: the shortest text that reads back as the same number. */
  value: string
}

function valueText(value: number, float32: boolean): string {
  if (!float32 || !Number.isFinite(value)) return String(value)
  // Of a 32-bit float, the shortest text that gives the same 32 bits.
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(value)
}

function timeText(seconds: number): string {
  const date = new Date(seconds * 1_000)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** How many rows a chart's table has. */
export function countRows(lines: readonly LineInput[]): number {
  return lines.reduce((sum, { window }) => sum + countDrawn(window), 0)
}

/** The drawn points, line after line, from `from` (0 is the first) and at most `count`. */
export function pointRows(lines: readonly LineInput[], from = 0, count = Infinity): PointRow[] {
  const rows: PointRow[] = []
  let before = 0
  for (const { label, window } of lines) {
    const { steps, times, values } = everyPoint(window)
    const first = Math.max(0, from - before)
    for (let index = first; index < values.length && rows.length < count; index++) {
      rows.push({
        line: label,
        // A group has places on what its runs are joined on, and nothing of the other.
        step: window.group && times[index] ? '' : String(steps[index]),
        time: window.group && !times[index] ? '' : timeText(times[index] ?? Number.NaN),
        ...(window.x && { x: String(window.x[index]) }),
        value: valueText(values[index] ?? Number.NaN, window.float32),
      })
    }
    before += values.length
    if (rows.length >= count) break
  }
  return rows
}

/** A text as a cell of CSV: spreadsheets run what begins like a formula, so that gets an apostrophe; quotes where RFC 4180 asks for them. */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** The drawn points as CSV with a head, lines ended by CRLF; `xKey` is the metric on the horizontal axis. Numbers stand as they are, negative ones too. */
export function chartCsv(title: string, lines: readonly LineInput[], xKey?: string): string {
  const places = (x: string | undefined) => (xKey === undefined ? [] : [x ?? ''])
  const head = ['line', 'step', 'time', ...places(csvText(xKey ?? '')), csvText(title)].join(',')
  const rows = pointRows(lines).map(({ line, step, time, x, value }) => [csvText(line), step, csvText(time), ...places(x), value].join(','))
  return [head, ...rows, ''].join('\r\n')
}
