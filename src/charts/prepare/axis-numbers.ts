import { formatNumber } from '#lib/format.ts'

/** Decimals that a number needs so that it is read exactly, up to 12. */
function decimalsOf(value: number): number {
  for (let decimals = 0; decimals < 12; decimals++) {
    if (Math.abs(Number(value.toFixed(decimals)) - value) <= Math.abs(value) * 1e-12) return decimals
  }
  return 12
}

/** Digits after the first one that a number needs in exponent writing, up to 6. */
function digitsOf(value: number): number {
  for (let digits = 0; digits < 6; digits++) {
    if (Math.abs(Number(value.toExponential(digits)) - value) <= Math.abs(value) * 1e-9) return digits
  }
  return 6
}

function exponential(value: number, digits: number): string {
  if (value === 0) return '0'
  return (value < 0 ? '−' : '') + Math.abs(value).toExponential(digits).replace('e+', 'e')
}

/** Writes the numbers of an axis with one precision for all of them. `plainBelow`: greatest size that is written without exponent. */
export function axisNumbers(values: readonly number[], plainBelow = 1e7): string[] {
  const sizes = values.filter(value => value !== 0).map(Math.abs)
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0)
  if (largest !== 0 && (largest < 1e-3 || largest >= plainBelow)) {
    const digits = values.reduce((most, value) => Math.max(most, digitsOf(value)), 0)
    return values.map(value => exponential(value, digits))
  }
  const decimals = values.reduce((most, value) => Math.max(most, decimalsOf(value)), 0)
  return values.map(value => formatNumber(value === 0 ? 0 : value, { decimals, exponents: false }))
}

/** Writes the numbers of a log axis: each as short as it goes, since `0.01` and `100` share no precision. */
export function logNumbers(values: readonly number[]): string[] {
  const exponents = values.some(value => value < 1e-4 || value >= 1e6)
  return values.map(value => {
    if (exponents) return exponential(value, digitsOf(value))
    return formatNumber(value, { decimals: Math.min(decimalsOf(value), 6), exponents: false })
  })
}
