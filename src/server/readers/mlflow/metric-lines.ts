import type { SeriesRecord } from '#server/readers/record.ts'

import { exactDigits, parseFloat64, parseInt64, tenTo } from './number-text.ts'

const zero = 48
const nine = 57
const minus = 45

/** Lines of one file that could not be taken: the first ones each with its reason, the others counted. */
export class LineFaults {
  readonly listed: { line: number; reason: string }[] = []
  more = 0

  add(line: number, reason: string): void {
    if (this.listed.length < 20) this.listed.push({ line, reason })
    else this.more += 1
  }
}

/** Parses the lines of a metric file, which may come in parts that end at line ends. */
export class MetricLines {
  readonly faults = new LineFaults()
  series: SeriesRecord
  /** Points found so far. */
  points = 0
  readonly #keep: boolean
  /** Lines read so far. */
  #line = 0
  #longest = 0

  /** With `keep` false the lines are only checked: `points` counts them, `series` stays empty. */
  constructor(key: string, keep = true) {
    this.#keep = keep
    this.series = { key, steps: [], times: [], values: [] }
  }

  /** Hands out the points gathered so far and starts anew with none. */
  take(): SeriesRecord {
    const taken = this.series
    this.series = { key: taken.key, steps: [], times: [], values: [] }
    return taken
  }

  /** Notes a line that was skipped without being looked at. */
  skipLine(reason: string): void {
    this.#line += 1
    this.faults.add(this.#line, reason)
  }

  /** Adds the whole lines of a text. A last line without its line end is left; returns where it starts (`text.length` if none). */
  addLines(text: string): number {
    let start = 0
    while (start < text.length) {
      const next = this.#addPlain(text, start)
      if (next > 0) {
        this.#line += 1
        start = next
        continue
      }
      const end = text.indexOf('\n', start)
      if (end < 0) break
      this.#line += 1
      this.#add(text, start, end, null)
      start = end + 1
    }
    return start
  }

  /**
   * Adds a line as MLflow writes nearly all, `<digits> <decimal> <digits>\n`, in one pass over it: twice as fast as `#add`, which
   * takes all others. Returns where the next line starts, 0 where the line is another one and nothing was added.
   */
  #addPlain(text: string, from: number): number {
    let index = from
    let code = text.charCodeAt(index)
    let time = 0
    while (code >= zero && code <= nine) {
      time = time * 10 + (code - zero)
      code = text.charCodeAt((index += 1))
    }
    if (code !== 32 || index === from || index - from > exactDigits) return 0
    const valueStart = index + 1
    code = text.charCodeAt((index = valueStart))
    if (code === minus) code = text.charCodeAt((index += 1))
    const digitsStart = index
    let mantissa = 0
    let point = -1
    while ((code >= zero && code <= nine) || (code === 46 && point < 0)) {
      if (code === 46) point = index
      else mantissa = mantissa * 10 + (code - zero)
      code = text.charCodeAt((index += 1))
    }
    const digits = index - digitsStart - (point < 0 ? 0 : 1)
    if (code !== 32 || digits === 0) return 0
    const valueEnd = index
    const stepStart = index + 1
    code = text.charCodeAt((index = stepStart))
    let step = 0
    while (code >= zero && code <= nine) {
      step = step * 10 + (code - zero)
      code = text.charCodeAt((index += 1))
    }
    if (code !== 10 || index === stepStart || index - stepStart > exactDigits) return 0
    this.#longest = 3
    this.points += 1
    if (!this.#keep) return index + 1
    const { steps, times, values } = this.series
    steps.push(step)
    times.push(time / 1000)
    if (digits > exactDigits) values.push(Number(text.slice(valueStart, valueEnd)))
    else values.push(signed(text.charCodeAt(valueStart) === minus, point < 0 ? mantissa : mantissa / tenTo(valueEnd - point - 1)))
    return index + 1
  }

  /**
   * Adds the last line of a file that has no line end. Where it is shorter than the lines before it, the writer was cut off:
   * no fault while the run goes on, since the rest will come.
   */
  addLastLine(text: string, running: boolean): void {
    if (text.trim() === '') return
    this.#line += 1
    this.#add(text, 0, text.length, { running })
  }

  /** `<timestamp ms> <value>[ <step>[ <dataset> <digest>]]`; the step is 0 where there is none, as before MLflow 1.0. */
  #add(text: string, from: number, to: number, cutOff: { running: boolean } | null): void {
    let fields = 0
    let timeStart = 0
    let timeEnd = 0
    let valueStart = 0
    let valueEnd = 0
    let stepStart = 0
    let stepEnd = 0
    let index = from
    while (index < to) {
      while (index < to && isBlank(text.charCodeAt(index))) index += 1
      if (index === to) break
      const start = index
      while (index < to && !isBlank(text.charCodeAt(index))) index += 1
      fields += 1
      if (fields === 1) {
        timeStart = start
        timeEnd = index
      } else if (fields === 2) {
        valueStart = start
        valueEnd = index
      } else if (fields === 3) {
        stepStart = start
        stepEnd = index
        break
      }
    }
    if (fields === 0) return
    if (cutOff && fields < 3 && (cutOff.running || fields < this.#longest)) {
      if (!cutOff.running) this.faults.add(this.#line, `the line is cut off: ${shown(text, from, to)}`)
      return
    }
    if (fields > this.#longest) this.#longest = fields
    const time = parseFloat64(text, timeStart, timeEnd)
    const value = fields > 1 ? parseFloat64(text, valueStart, valueEnd) : undefined
    const step = fields > 2 ? parseInt64(text, stepStart, stepEnd) : 0
    if (time === undefined || value === undefined || step === undefined || !Number.isFinite(time)) {
      if (!cutOff?.running) this.faults.add(this.#line, faultOf(time, value, fields, text.slice(stepStart, stepEnd), shown(text, from, to)))
      return
    }
    this.points += 1
    if (!this.#keep) return
    const { steps, times, values } = this.series
    steps.push(step)
    times.push(time / 1000)
    values.push(value)
  }
}

function signed(negative: boolean, size: number): number {
  return negative ? -size : size
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13
}

function faultOf(time: number | undefined, value: number | undefined, fields: number, step: string, line: string): string {
  if (fields === 1) return `expected "timestamp value step", found one field: ${line}`
  if (time === undefined || !Number.isFinite(time)) return `the timestamp is not a number: ${line}`
  if (value === undefined) return `the value is not a number: ${line}`
  return /^[+-]?\d+$/.test(step) ? `the step does not fit into 64 bits: ${line}` : `the step is not a whole number: ${line}`
}

const shownLength = 80

/** The start of a line as it can be shown: control characters escaped, at most 80 characters. */
export function shown(text: string, from = 0, to = text.length): string {
  const part = JSON.stringify(text.slice(from, Math.min(to, from + shownLength)).replace(/\r$/, ''))
  return to - from > shownLength ? `${part}…` : part
}
