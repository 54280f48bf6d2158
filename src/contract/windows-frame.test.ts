import { expect, test } from 'vitest'

import type { SeriesFault, SeriesWindow } from './series-window.ts'
import { decodeWindows, encodeWindows } from './windows-frame.ts'

const rest = { total: 9, points: 3, bucket: 1, firstTime: 1.5, float32: false, nonFinite: [] }

test('series come back bit for bit, narrow and wide steps, odd counts, and what could not be had', () => {
  const answers: (SeriesWindow | SeriesFault)[] = [
    {
      ...rest,
      run: 'r1',
      key: 'loss/ü 🚀',
      drawn: {
        steps: Uint32Array.of(0, 5, 0xffff_ffff),
        times: Float64Array.of(0.1, 1, 2),
        values: Float64Array.of(-0, Number.NaN, Number.NEGATIVE_INFINITY),
      },
    },
    { run: 'gone', key: 'x', error: { error: { kind: 'not_found', message: 'No run gone in this home.' } } },
    {
      ...rest,
      run: 'r2',
      key: 'acc',
      drawn: { steps: BigInt64Array.of(-(2n ** 63n)), times: Float64Array.of(3), values: Float64Array.of(1e-320) },
      nonFinite: [{ fromStep: 1, toStep: 2, fromTime: 1, toTime: 2, nan: 1, positiveInfinity: 2, negativeInfinity: 0 }],
    },
    {
      ...rest,
      run: 'r4',
      key: 'log(acc)',
      expression: true,
      join: 'carried',
      unplaced: 2,
      drawn: { steps: Uint32Array.of(7), times: Float64Array.of(8), values: Float64Array.of(9) },
      x: Float64Array.of(-0.5),
    },
    {
      ...rest,
      run: 'r5',
      key: 'resumed',
      drawn: { steps: Uint32Array.of(1, 2, 3), times: Float64Array.of(1, 8, 9), values: Float64Array.of(1, 2, 3) },
      seams: [2, -3, 0.5].map(step => ({
        step,
        time: 8,
        superseded: 3,
        drawn: { steps: Uint32Array.of(2, 3, 4), times: Float64Array.of(2, 3, 4), values: Float64Array.of(Number.NaN, 3, 4) },
      })),
    },
    { ...rest, run: 'r3', key: 'none', drawn: { steps: new Uint32Array(0), times: new Float64Array(0), values: new Float64Array(0) } },
  ]
  const bytes = encodeWindows(answers)
  expect(decodeWindows(bytes)).toEqual(answers)
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  expect(decodeWindows(shifted.subarray(3))).toEqual(answers)
})

test('bytes that are no frame are refused', () => {
  expect(() => decodeWindows(new Uint8Array(4))).toThrow('ROW1')
  expect(() => decodeWindows(new TextEncoder().encode('{"error":{}}'))).toThrow('ROW1')
})
