import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { columnStats, quartiles } from './spread.ts'
import { studentT95 } from './student-t.ts'

const strange = fc.constantFrom(Number.NaN, Infinity, -Infinity)
const one = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: strange },
)

/** A double as an integer number of 2^-1074. */
function exact(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const word = bits.getBigUint64(0)
  const exponent = Number((word >> 52n) & 0x7ffn)
  const fraction = word & 0xfffffffffffffn
  const size = exponent === 0 ? fraction : (fraction | (1n << 52n)) << BigInt(exponent - 1)
  return word >> 63n ? -size : size
}

/** The double nearest to an integer number of 2^-1074, to 60 digits in binary. */
function inexact(value: bigint): number {
  const size = value < 0n ? -value : value
  const shift = Math.max(0, size.toString(2).length - 60)
  const scaled = Number(size >> BigInt(shift)) * 2 ** (shift - 1_074)
  return value < 0n ? -scaled : scaled
}

test('mean and deviation are those of exact arithmetic, over the whole range of doubles', () => {
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 12 }), values => {
      const stats = columnStats(
        values.map(value => Float64Array.of(value)),
        1,
      )
      const finite = values.filter(value => Number.isFinite(value))
      const n = finite.length
      expect(stats.count[0]).toBe(n)
      if (n === 0) {
        expect([stats.mean[0], stats.deviation[0]]).toEqual([Number.NaN, Number.NaN])
        return
      }
      const [least, greatest] = [Math.min(...finite), Math.max(...finite)]
      expect(stats.least[0] === least && stats.greatest[0] === greatest).toBe(true)
      const sum = finite.reduce((total, value) => total + exact(value), 0n)
      const size = Math.max(Math.abs(least), Math.abs(greatest))
      expect(Math.abs((stats.mean[0] ?? 0) / 2 - inexact(sum / BigInt(n)) / 2)).toBeLessThanOrEqual(size * 1e-14 + Number.MIN_VALUE)
      if (n === 1) {
        expect(stats.deviation[0]).toBeNaN()
        return
      }
      // (n Σx² − (Σx)²) / n (n − 1), without a rounding before the root.
      const squares = finite.reduce((total, value) => total + exact(value) ** 2n, 0n) * BigInt(n) - sum ** 2n
      const root = sqrt((squares << 80n) / BigInt(n * (n - 1)))
      const deviation = inexact(root >> 40n)
      const got = stats.deviation[0] ?? 0
      if (deviation === Infinity || got === Infinity) expect(deviation > 1.79e308 && got > 1.79e308).toBe(true)
      else expect(Math.abs(got - deviation)).toBeLessThanOrEqual(size * 1e-14 + deviation * 1e-12 + 4 * Number.MIN_VALUE)
    }),
    { numRuns: 2_000 },
  )
})

function sqrt(value: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / 2))
  for (;;) {
    const next = (root + value / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

test('digits that values share do not cost those in which they differ', () => {
  const rows = [1e9, 1e9 + 1, 1e9 + 2].map(value => Float64Array.of(value))
  expect(columnStats(rows, 1)).toMatchObject({ mean: Float64Array.of(1e9 + 1), deviation: Float64Array.of(1) })
})

test('quartiles are those of numpy', () => {
  expect(quartiles(Float64Array.of(7, 15, 36, 39, 40, 41))).toEqual([20.25, 37.5, 39.75])
  expect(quartiles(Float64Array.of(3))).toEqual([3, 3, 3])
  expect(quartiles(new Float64Array())).toEqual([Number.NaN, Number.NaN, Number.NaN])
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 60 }), values => {
      const [low, middle, high] = quartiles(Float64Array.from(values))
      const sorted = values.toSorted((a, b) => a - b)
      expect(low <= middle && middle <= high && low >= sorted[0]! && high <= sorted.at(-1)!).toBe(true)
      if (values.length % 4 === 1) expect(low === sorted[(values.length - 1) / 4]).toBe(true)
    }),
  )
})

/** Share of Student's distribution between −t and t, by Simpson's rule over the angle. */
function within(t: number, degrees: number): number {
  const end = Math.atan(t / Math.sqrt(degrees))
  const parts = 2_000
  let area = 0
  let whole = 0
  for (let at = 0; at <= parts; at += 1) {
    const weight = at === 0 || at === parts ? 1 : at % 2 === 0 ? 2 : 4
    area += weight * Math.cos((end * at) / parts) ** (degrees - 1) * end
    whole += weight * Math.cos((Math.PI / 2) * (at / parts)) ** (degrees - 1) * (Math.PI / 2)
  }
  return area / whole
}

test('95 % of the distribution lie within the quantile', () => {
  expect(studentT95(0)).toBeNaN()
  for (const degrees of [1, 2, 3, 7, 12, 29, 30, 31, 40, 100, 499]) expect(within(studentT95(degrees), degrees)).toBeCloseTo(0.95, 7)
})
