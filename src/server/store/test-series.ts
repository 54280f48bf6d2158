import * as fc from 'fast-check'

import type { Series } from '#contract/series-frame.ts'

const strangeValues = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e308, -1e308, 1e-320, 1]

/**
 * Series of up to 20,000 points in the order (step, time), grown from a seed so that failing ones are quick to shrink: steps with gaps and
 * repeats, values that are smooth, strange here
 * and there, or NaN over long stretches. No two points have the same time, so that each can be told from all others.
 */
export const randomSeries: fc.Arbitrary<Series> = fc
  .record({
    count: fc.oneof(
      { arbitrary: fc.integer({ min: 1, max: 300 }), weight: 4 },
      { arbitrary: fc.integer({ min: 1, max: 5_000 }), weight: 4 },
      { arbitrary: fc.integer({ min: 5_000, max: 20_000 }), weight: 1 },
    ),
    seed: fc.integer({ min: 1, max: 0x7fff_fffe }),
    strange: fc.constantFrom(0, 0, 0.01, 0.5, 1),
    stretch: fc.constantFrom(0, 0, 70, 5_000),
  })
  .map(({ count, seed, strange, stretch }) => {
    let state = seed
    const random = () => {
      state = (state * 48_271) % 0x7fff_ffff
      return state / 0x7fff_ffff
    }
    const steps = new Uint32Array(count)
    const times = new Float64Array(count)
    const values = new Float64Array(count)
    const stretchStart = Math.floor(random() * count)
    let step = 0
    let time = 1.7e9
    for (let at = 0; at < count; at += 1) {
      const grows = random() < 0.8
      if (grows) step += random() < 0.02 ? 1_000 : 1
      time += 0.001 + random()
      steps[at] = step
      times[at] = time
      const isStrange = random() < strange || (at >= stretchStart && at < stretchStart + stretch)
      const index = stretch > 0 ? 0 : Math.floor(random() * strangeValues.length)
      values[at] = isStrange ? strangeValues[index]! : Math.sin(at / 50) + random() * 0.2
    }
    return { steps, times, values }
  })
