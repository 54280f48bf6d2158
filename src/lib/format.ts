/** How the numbers of one column or axis are written: the same for all of them, so that they can be compared. */
export interface NumberFormat {
  /** Decimals of a number that needs no exponent. */
  decimals: number
  /** Counts are written in full, whatever their size. */
  exponents: boolean
}

export interface NumberRange {
  min: number
  max: number
  integers: boolean
}

const exponentBelow = 1e-4
const exponentFrom = 1e7

/** Writing for whole numbers of any size. */
export const countFormat: NumberFormat = { decimals: 0, exponents: false }
/** Writing for ratios and losses, and wherever nothing is known of the numbers. */
export const ratioFormat: NumberFormat = { decimals: 4, exponents: true }

/** The writing that suits all numbers of a range: whole numbers without decimals, four decimals up to 1,000, fewer from there on. */
export function numberFormat(range: NumberRange | undefined): NumberFormat {
  if (!range) return ratioFormat
  if (range.integers) return { decimals: 0, exponents: true }
  const largest = Math.max(Math.abs(range.min), Math.abs(range.max))
  return { decimals: largest < 1e3 ? 4 : largest < 1e5 ? 2 : 1, exponents: true }
}

/** A number with a true minus and commas between thousands; `3.2e-5` below 1e-4 and from 1e7 on; NaN and ±Infinity as words. */
export function formatNumber(value: number, format: NumberFormat = ratioFormat): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '−Infinity'
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  if (format.exponents && size !== 0 && (size < exponentBelow || size >= exponentFrom)) return sign + exponential(size)
  return sign + withCommas(size.toFixed(format.decimals))
}

function exponential(size: number): string {
  const text = size.toExponential(2).replace('e+', 'e')
  return text.replace(/(\.\d*?)0+e/, '$1e').replace('.e', 'e')
}

/** A whole number with commas between thousands. */
export function formatCount(value: number): string {
  return formatNumber(value, countFormat)
}

/** A step with commas between thousands, also one beyond 2^53 that travels as digits. */
export function formatStep(step: number | string): string {
  const text = String(step)
  return text.startsWith('-') ? `−${withCommas(text.slice(1))}` : withCommas(text)
}

function withCommas(digits: string): string {
  const dot = digits.indexOf('.')
  const whole = dot < 0 ? digits.length : dot
  if (whole <= 3) return digits
  let text = digits.slice(whole)
  for (let end = whole; end > 0; end -= 3) text = digits.slice(Math.max(0, end - 3), end) + (end === whole ? '' : ',') + text
  return text
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** Bytes in powers of 1,000, one decimal below 10: `1.9 GB`, `812 B`. */
export function formatBytes(bytes: number): string {
  let size = Math.abs(bytes)
  let unit = 0
  while (size >= 999.5 && unit < byteUnits.length - 1) {
    size /= 1_000
    unit++
  }
  const text = unit > 0 && size < 9.95 ? size.toFixed(1) : size.toFixed(0)
  return `${bytes < 0 ? '−' : ''}${text} ${byteUnits[unit]}`
}

/** `1 run`, `51 runs`, `12,480 runs`. */
export function formatPlural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
