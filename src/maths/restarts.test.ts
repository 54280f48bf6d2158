import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { currentPositions, findRestarts } from './restarts.ts'

type Point = { step: number; time: number }

/** The points in the order (step, time, arrival), as columns, and as they are told from each other. */
function sorted(points: readonly Point[], wide = false) {
  const order = points.toSorted((a, b) => a.step - b.step || a.time - b.time)
  const steps = wide ? BigInt64Array.from(order, ({ step }) => BigInt(step)) : Uint32Array.from(order, ({ step }) => step)
  return { order, steps, times: Float64Array.from(order, ({ time }) => time) }
}

/** Sessions of a run: each goes on from a step that was logged, and logs each `stride`th. */
const sessions = fc.record({
  stride: fc.integer({ min: 1, max: 5 }),
  wide: fc.boolean(),
  rest: fc.array(fc.record({ back: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.integer({ min: 17, max: 40 }) }), {
    maxLength: 6,
  }),
  waits: fc.array(fc.constantFrom(0.001, 1, 30), { minLength: 1, maxLength: 9 }),
})

test('what a restart supersedes is what TensorBoard purges: all that was logged before from its first step on', () => {
  fc.assert(
    fc.property(sessions, ({ stride, wide, rest, waits }) => {
      const all: Point[] = []
      let line: Point[] = []
      const purged: Point[][] = []
      let time = 1_700_000_000
      const log = (from: number, length: number) => {
        for (let at = 0; at < length; at += 1) {
          time += waits[all.length % waits.length] ?? 1
          const point = { step: (from + at) * stride, time }
          line.push(point)
          all.push(point)
        }
      }
      log(0, 20)
      for (const { back, length } of rest) {
        const last = (line.at(-1)?.step ?? 0) / stride
        const from = Math.floor(back * (last - 1))
        purged.push(line.filter(({ step }) => step >= from * stride))
        line = line.filter(({ step }) => step < from * stride)
        log(from, length)
      }
      const { order, ...series } = sorted(all, wide)
      const restarts = findRestarts(series)
      expect(restarts.map(({ superseded }) => Array.from(superseded, at => order[at]))).toEqual(purged)
      expect(Array.from(currentPositions(all.length, restarts), at => order[at])).toEqual(line)
    }),
  )
})

test('a clock that runs backwards is no restart: no step is logged again', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 80 }), times => {
      expect(findRestarts(sorted(times.map((time, step) => ({ step, time }))))).toEqual([])
    }),
  )
})

test('steps logged more than once without a fall are no restart', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 30 }), fc.constantFrom(0, 1), (counts, wait) => {
      let time = 0
      const points = counts.flatMap((count, step) => Array.from({ length: count }, () => ({ step, time: (time += wait) })))
      expect(findRestarts(sorted(points))).toEqual([])
    }),
  )
})

test('any series has each point once, in the line or in what is superseded', () => {
  const point = fc.record({ step: fc.nat({ max: 20 }), time: fc.oneof(fc.nat({ max: 20 }), fc.constant(Number.NaN)) })
  fc.assert(
    fc.property(fc.array(point, { maxLength: 60 }), points => {
      const { order, ...series } = sorted(points)
      const restarts = findRestarts(series)
      const all = [...restarts.flatMap(({ superseded }) => [...superseded]), ...currentPositions(order.length, restarts)]
      expect(all.sort((a, b) => a - b)).toEqual(order.map((_, at) => at))
    }),
  )
})

test('two processes that write one series at once are no restarts', () => {
  const points = Array.from({ length: 200 }, (_, at) => ({ step: at >> 1, time: (at >> 1) + (at % 2) * 1.5 }))
  expect(findRestarts(sorted(points))).toEqual([])
})
