import { nearest } from '#contract/nearest.ts'
import type { Operand } from '#contract/operand.ts'
import { runStatuses } from '#contract/run.ts'
import type { Token } from '#contract/scan.ts'

import type { Literal } from './ast.ts'
import { type Cursor, FilterFault, shown, type Wanted } from './cursor.ts'
import { type Comparable, comparableOf } from './names.ts'
import { quoteText } from './quote.ts'
import { parseDuration, parseTime, secondsToMs } from './time-text.ts'

const expectations: Record<Comparable, string> = {
  number: 'a number',
  any: 'a number or a quoted text',
  status: 'a quoted status',
  time: 'a date in quotes or now',
  duration: 'a duration such as 2h',
}
const valueLists: Record<Comparable, string> = {
  number: '0.5, 1e-4, NaN, Infinity',
  any: "0.5, 'adam'",
  status: runStatuses.map(quoteText).join(', '),
  time: "'2026-11-01', '2026-11-01 14:03', now, now - 7d, milliseconds since the epoch",
  duration: '90s, 10m, 2h, 1h30m, seconds',
}
const words: Record<Comparable, string[]> = {
  number: ['NaN', 'Infinity'],
  any: [],
  status: runStatuses.map(quoteText),
  time: ['now'],
  duration: [],
}
const plainNumber = /^(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

/** Reads the value that an operand is compared with; what it may be depends on the operand. */
export function parseValueAt(cursor: Cursor, operand: Operand): Literal {
  const type = comparableOf(operand)
  const start = cursor.token.start
  const literal = readValue(cursor, type, () => refuse(cursor, type, operand))
  return { ...literal, at: { start, end: cursor.previous?.end ?? start } }
}

/** Reads a quoted text, which is all that a pattern can be. */
export function parsePatternAt(cursor: Cursor, operand: Operand): Extract<Literal, { type: 'text' }> {
  const token = quoted(cursor) ?? cursor.expected('a quoted pattern', valueWanted(operand, []), { list: "'resnet%'" })
  return { type: 'text', value: token.content, at: { start: token.start, end: token.end } }
}

function readValue(cursor: Cursor, type: Comparable, refuse: () => never): Literal {
  const { token } = cursor
  const text = quoted(cursor)
  if (text) return readText(text, type)
  if (type === 'status') refuse()
  if (type === 'time') {
    if (cursor.takeWord('now')) return { type: 'now', offset: readOffset(cursor) }
    refuseBareDate(cursor)
  }
  const sign = token.kind === 'sign' && (token.text === '-' || token.text === '+') ? token.text : ''
  const number = sign === '' ? token : cursor.peek(1)
  const magnitude = number.kind === 'word' || number.kind === 'number' ? readMagnitude(number, type, sign !== '') : undefined
  if (magnitude === undefined) refuse()
  if (sign !== '') cursor.take()
  cursor.take()
  const value = sign === '-' ? -magnitude : magnitude
  if (type === 'duration') return { type: 'duration', ms: value === 0 ? 0 : value }
  return type === 'time' ? { type: 'time', ms: value === 0 ? 0 : value } : { type: 'number', value }
}

function quoted(cursor: Cursor): Token | undefined {
  return cursor.token.kind === 'quoted' && !cursor.token.text.startsWith('`') ? cursor.take() : undefined
}

function readText({ content, start, end }: Token, type: Comparable): Literal {
  const refuse = (message: string, near?: string): never => {
    throw new FilterFault({ message, start, end, expected: valueLists[type], ...(near === undefined ? {} : { nearest: near }) })
  }
  if (type === 'any') return { type: 'text', value: content }
  if (type === 'number')
    return refuse(`Expected a number, not the text ${shown(quoteText(content))}.`, plainNumber.test(content) ? content : undefined)
  if (type === 'status') {
    const status = runStatuses.find(word => word === content.toLowerCase())
    const near = nearest(content, runStatuses)
    return status === undefined ? refuse(`There is no status ${shown(content)}.`, near && quoteText(near)) : { type: 'text', value: status }
  }
  const ms = type === 'time' ? parseTime(content) : parseDuration(content)
  return ms === undefined ? refuse(`${shown(quoteText(content))} is not a ${type === 'time' ? 'date' : 'duration'}.`) : { type, ms }
}

/** Without quotes a date would be read as a subtraction of three numbers. */
function refuseBareDate({ text, token: { start } }: Cursor): void {
  const date = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?/.exec(text.slice(start, start + 30))?.[0]
  if (date === undefined) return
  throw new FilterFault({
    message: 'A date stands in quotes.',
    start,
    end: start + date.length,
    expected: valueLists.time,
    nearest: quoteText(date),
  })
}

/** What follows `now`: nothing, or a sign and a duration. */
function readOffset(cursor: Cursor): number {
  const minus = cursor.isSign('-')
  if (!minus && !cursor.isSign('+')) return 0
  cursor.take()
  const ms = cursor.token.kind === 'number' ? parseDuration(cursor.token.text) : undefined
  if (ms === undefined)
    cursor.expected('a duration such as 7d', null, { list: '7d, 12h, 30m, 90s, 2w', nearest: lowerDuration(cursor.token.text) })
  cursor.take()
  return ms === 0 ? 0 : minus ? -ms : ms
}

function readMagnitude({ text, start, end }: Token, type: Comparable, signed: boolean): number | undefined {
  if (plainNumber.test(text)) {
    const value = Number(text)
    if (!Number.isFinite(value)) {
      throw new FilterFault({
        message: `${shown(text)} is larger than a 64-bit number can be.`,
        start,
        end,
        expected: 'Infinity',
        nearest: 'Infinity',
      })
    }
    return type === 'duration' ? secondsToMs(value) : value
  }
  if (type === 'duration') return parseDuration(text)
  if (type === 'time') return undefined
  const word = text.toLowerCase()
  if (word === 'inf' || word === 'infinity') return Number.POSITIVE_INFINITY
  return word === 'nan' && !signed ? Number.NaN : undefined
}

/** Throws at the next token, with the repair where it is plain: quotes around a word or a date, `is null` for null. */
function refuse(cursor: Cursor, type: Comparable, operand: Operand): never {
  const { token } = cursor
  const wanted = valueWanted(operand, words[type])
  const list = valueLists[type]
  if (
    token.kind === 'word' &&
    /^(?:null|none)$/i.test(token.text) &&
    cursor.previous?.kind === 'sign' &&
    /^!?=$/.test(cursor.previous.text)
  ) {
    const { start, text } = cursor.previous
    throw new FilterFault({
      message: 'Nothing equals null: absence is asked for with is null.',
      start,
      end: token.end,
      expected: 'is null, is not null',
      nearest: text === '=' ? 'is null' : 'is not null',
    })
  }
  cursor.expected(expectations[type], wanted, { list, nearest: repair(token, type) })
}

function repair({ kind, text, content }: Token, type: Comparable): string | undefined {
  if (kind === 'quoted') return type === 'any' ? quoteText(content) : undefined
  if (type === 'duration') return lowerDuration(text)
  if (kind !== 'word') return undefined
  if (type === 'any') return quoteText(text)
  if (type !== 'status') return undefined
  const near = nearest(text, runStatuses)
  return near && quoteText(near)
}

function lowerDuration(text: string): string | undefined {
  return parseDuration(text.toLowerCase()) === undefined ? undefined : text.toLowerCase()
}

function valueWanted(operand: Operand, words: string[]): Wanted {
  return { expects: 'value', kinds: [], operand, words }
}
