/** Any decimal of so many digits is a whole number that a float64 holds exactly, divided by a power of ten. */
export const exactDigits = 15
/** Powers of ten that a float64 holds exactly, so that one division rounds once, and rightly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

/** 10 to the power of 0 to 22. */
export function tenTo(exponent: number): number {
  return exactPowers[exponent] ?? Number.NaN
}
/** Each digit can match in one way only, so that a line of a million digits takes no longer to refuse than to read. */
const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const word = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i
const whole = /^([+-]?)(\d+)(?:\.0*)?$/
const int64Limit = 2n ** 63n

/**
 * The float64 that `text[start, end)` means to Python's `float`: decimals, `nan`, `inf`. Undefined for anything else.
 * Up to 15 digits with a small exponent are computed here, which is exact and several times faster than `Number`.
 */
export function parseFloat64(text: string, start: number, end: number): number | undefined {
  let index = start
  const sign = text.charCodeAt(index)
  if (sign === 45 || sign === 43) index += 1
  let digits = 0
  let fraction = 0
  let mantissa = 0
  let point = false
  for (; index < end; index += 1) {
    const code = text.charCodeAt(index)
    if (code >= 48 && code <= 57) {
      mantissa = mantissa * 10 + (code - 48)
      digits += 1
      if (point) fraction += 1
    } else if (code === 46 && !point) point = true
    else break
  }
  if (index < end || digits === 0 || digits > exactDigits) return parseOther(text.slice(start, end))
  const size = fraction === 0 ? mantissa : mantissa / tenTo(fraction)
  return sign === 45 ? -size : size
}

function parseOther(text: string): number | undefined {
  if (decimal.test(text)) return Number(text)
  const match = word.exec(text)
  if (!match) return undefined
  if (match[2] !== undefined) return Number.NaN
  return match[1] === '-' ? -Infinity : Infinity
}

/** The int64 that `text[start, end)` means: a number while that is exact, else a bigint. Undefined for a fraction, for more than 64 bits and for other text. */
export function parseInt64(text: string, start: number, end: number): number | bigint | undefined {
  let index = start
  const negative = text.charCodeAt(index) === 45
  if (negative) index += 1
  let value = 0
  const first = index
  for (; index < end; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 48 || code > 57) break
    value = value * 10 + (code - 48)
  }
  // A zero keeps no sign: steps are integers, which know no −0.
  if (index === end && index > first && index - first <= exactDigits) return negative && value !== 0 ? -value : value
  return parseLong(text.slice(start, end))
}

function parseLong(text: string): number | bigint | undefined {
  const match = whole.exec(text)
  if (!match) return undefined
  const [, sign, written = ''] = match
  const digits = written.replace(/^0+(?=\d)/, '')
  if (digits.length > 19) return undefined
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits)
  if (value >= int64Limit || value < -int64Limit) return undefined
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}
