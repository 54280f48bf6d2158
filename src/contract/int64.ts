import * as z from 'zod/mini'

/**
 * A 64-bit integer in JSON: a number while JavaScript holds it exactly (|n| ≤ 2^53 − 1), else its decimal digits.
 * Steps are int64 in MLflow and TensorBoard, and a step beyond 2^53 must come back as it was logged.
 */
export const int64 = z.union([z.int(), z.string().check(z.regex(/^-?\d{16,19}$/))])
export type Int64 = z.infer<typeof int64>

export function toInt64(value: number | bigint): Int64 {
  const asNumber = Number(value)
  return Number.isSafeInteger(asNumber) ? asNumber : String(value)
}

/** A float64 in JSON: NaN and ±Infinity travel as words, since JSON has no sign for them; −0 as `'-0'`. */
export const float64 = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity', '-0'])])
export type Float64 = z.infer<typeof float64>

export function toFloat64(value: number): Float64 {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : value
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
}

export function fromFloat64(value: Float64): number {
  return typeof value === 'number' ? value : Number(value)
}
