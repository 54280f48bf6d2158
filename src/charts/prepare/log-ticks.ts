import type { NiceTicks } from './linear-ticks.ts'

const within = [
  [1, 2, 3, 5, 7],
  [1, 2, 5],
  [1, 3],
]

function power(exponent: number, factor = 1): number {
  return Number(`${factor}e${exponent}`)
}

const strides = [1, 2, 3, 5, 10, 20, 50, 100, 200]
/** Decades alone name an axis from this many on. */
const enoughDecades = 3

/** Ticks of a log axis between `min` and `max` (both above 0): decades, every second or further one where they are many, parts of decades where they are few. */
export function logTicks(min: number, max: number, most: number): NiceTicks {
  const first = Math.floor(Math.log10(min))
  const last = Math.ceil(Math.log10(max))
  // The least numbers of all are so few that several texts give one.
  const inside = (values: number[]): number[] =>
    [...new Set(values)].filter(value => value > 0 && Number.isFinite(value) && value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9))
  const every = (stride: number): number[] => {
    const values: number[] = []
    for (let exponent = Math.ceil(first / stride) * stride; exponent <= last; exponent += stride) values.push(power(exponent))
    return inside(values)
  }
  const parts = (factors: readonly number[]): number[] => {
    const values: number[] = []
    for (let exponent = first; exponent <= last && values.length < 100; exponent++) {
      values.push(...factors.map(factor => power(exponent, factor)))
    }
    return inside(values)
  }
  const candidates = [
    { find: () => every(1), least: enoughDecades },
    ...within.map(factors => ({ find: () => parts(factors), least: 2 })),
    ...strides.map(stride => ({ find: () => every(stride), least: 2 })),
  ]
  for (const { find, least } of candidates) {
    const values = find()
    if (values.length >= least && values.length <= most) return { values, step: 0 }
  }
  return { values: [min, max], step: 0 }
}

/** The range that a log axis takes: to the next 1, 2 or 5 below and above, so that an axis begins and ends with a number. */
export function niceLogRange(min: number, max: number): [number, number] {
  const candidates = (value: number): number[] => {
    const exponent = Math.floor(Math.log10(value))
    return [-1, 0, 1].flatMap(shift => [1, 2, 3, 5].map(factor => power(exponent + shift, factor)))
  }
  const below = candidates(min).findLast(value => value > 0 && value <= min * (1 + 1e-9)) ?? min
  const above = candidates(max).find(value => Number.isFinite(value) && value >= max * (1 - 1e-9)) ?? max
  return below < above ? [below, above] : [below / 2 > 0 ? below / 2 : below, below * 2]
}
