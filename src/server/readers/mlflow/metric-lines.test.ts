import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { MetricLines } from './metric-lines.ts'
import { parseFloat64, parseInt64 } from './number-text.ts'

function read(text: string, running = false) {
  const lines = new MetricLines('loss')
  const rest = lines.addLines(text)
  lines.addLastLine(text.slice(rest), running)
  const { steps, times, values } = lines.series
  return { points: steps.map((step, index) => [times[index], values[index], step]), faults: lines.faults.listed }
}

test('lines of two, three and five fields', () => {
  expect(read('1000 0.5\n').points).toEqual([[1, 0.5, 0]])
  expect(read('1000 0.5 3\n1500 nan -1\n').points).toEqual([
    [1, 0.5, 3],
    [1.5, Number.NaN, -1],
  ])
  expect(read('1000 0.5 3 train 25a8342e\n1000 inf 4 my train set 25a8342e\n').points).toEqual([
    [1, 0.5, 3],
    [1, Infinity, 4],
  ])
})

test('blanks and line ends of Windows', () => {
  expect(read('\r\n 1000\t0.5  3 \r\n\n1000 1 4\r\n')).toEqual({
    points: [
      [1, 0.5, 3],
      [1, 1, 4],
    ],
    faults: [],
  })
})

test('a bad line is named and the others are kept', () => {
  const { points, faults } = read('1000 1 0\n1000 oops 1\n1000 2 1.5\nx 2 1\n1000\n1000 3 99999999999999999999\ninf 3 1\n1000 4 2\n')
  expect(points).toEqual([
    [1, 1, 0],
    [1, 4, 2],
  ])
  expect(faults).toEqual([
    { line: 2, reason: 'the value is not a number: "1000 oops 1"' },
    { line: 3, reason: 'the step is not a whole number: "1000 2 1.5"' },
    { line: 4, reason: 'the timestamp is not a number: "x 2 1"' },
    { line: 5, reason: 'expected "timestamp value step", found one field: "1000"' },
    { line: 6, reason: 'the step does not fit into 64 bits: "1000 3 99999999999999999999"' },
    { line: 7, reason: 'the timestamp is not a number: "inf 3 1"' },
  ])
})

test('a last line without a line end counts when it is whole', () => {
  expect(read('1000 1 0\n1000 2 1').points).toHaveLength(2)
  expect(read('1000 1 0\n1000 2 1', true).points).toHaveLength(2)
  expect(read('1000 1\n1000 2').points).toHaveLength(2)
})

test('a last line that is cut off is a fault, but not while the run goes on', () => {
  for (const rest of ['1000 2', '1000 ', '10']) {
    const ended = read(`1000 1 0\n${rest}`)
    expect(ended.points).toHaveLength(1)
    expect(ended.faults).toEqual([{ line: 2, reason: `the line is cut off: ${JSON.stringify(rest)}` }])
    expect(read(`1000 1 0\n${rest}`, true)).toEqual({ points: [[1, 1, 0]], faults: [] })
  }
})

test('many bad lines are counted, the first listed', () => {
  const lines = new MetricLines('loss')
  lines.addLines('\u0000\u202E bad\n'.repeat(1_000))
  expect(lines.faults.listed).toHaveLength(20)
  expect(lines.faults.more).toBe(980)
  expect(lines.faults.listed[0]?.reason).toContain('\\u0000')
})

test('steps beyond 2^53 keep every digit', () => {
  expect(read('0 1 9007199254740993\n0 1 -9223372036854775808\n0 1 9007199254740991\n').points.map(([, , step]) => step)).toEqual([
    9_007_199_254_740_993n,
    -9_223_372_036_854_775_808n,
    9_007_199_254_740_991,
  ])
})

const pythonFloat = (value: number) =>
  Number.isNaN(value) ? 'nan' : Number.isFinite(value) ? (Object.is(value, -0) ? '-0.0' : String(value)) : value > 0 ? 'inf' : '-inf'

test('every float64 comes back bit for bit, in any spelling', () => {
  fc.assert(
    fc.property(fc.double(), fc.integer({ min: 0, max: 20 }), (value, digits) => {
      for (const text of [pythonFloat(value), value.toExponential(), value.toPrecision(digits + 1), value.toFixed(digits)]) {
        if (/nan|inf/i.test(text)) continue
        expect(Object.is(parseFloat64(` ${text} `, 1, text.length + 1), Number(text)), text).toBe(true)
      }
      expect(parseFloat64(pythonFloat(value), 0, pythonFloat(value).length)).toBe(value)
    }),
    { numRuns: 2_000, examples: [1e308, 5e-324, -0, Infinity, Number.NaN, 0.1].map(value => [value, 3]) },
  )
})

test('every int64 comes back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), value => {
      const read = parseInt64(String(value), 0, String(value).length)
      expect(read === undefined ? undefined : BigInt(read)).toBe(value)
    }),
  )
})

test('what is not a number is none', () => {
  const none = ['', '+', '.', '1_000', '0x10', '1e', 'e5', '1.2.3', '--1', 'nano', 'infinit', '1,5', 'True', '１', 'Infinity1']
  for (const text of none) expect(parseFloat64(text, 0, text.length), text).toBeUndefined()
  for (const text of [...none, '1.5', '1e3', 'nan', String(2n ** 63n)]) expect(parseInt64(text, 0, text.length), text).toBeUndefined()
  expect(parseInt64('-0', 0, 2)).toBe(0)
  expect(parseInt64('+3', 0, 2)).toBe(3)
})

const point = fc.tuple(fc.integer({ min: 0, max: 4e12 }), fc.double(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))

test('any points come back, in the order of the file, however the file is cut into parts', () => {
  fc.assert(
    fc.property(fc.array(point), fc.array(fc.nat()), (points, cuts) => {
      const text = points.map(([time, value, step]) => `${time} ${pythonFloat(value)} ${step}\n`).join('')
      const lines = new MetricLines('m')
      let rest = ''
      let from = 0
      for (const cut of [...cuts.map(cut => cut % (text.length + 1)), text.length].sort((a, b) => a - b)) {
        const part = rest + text.slice(from, cut)
        rest = part.slice(lines.addLines(part))
        from = cut
      }
      lines.addLastLine(rest, false)
      expect(lines.faults.listed).toEqual([])
      expect(lines.series.values).toEqual(points.map(([, value]) => value))
      expect(lines.series.times).toEqual(points.map(([time]) => time / 1000))
      expect(lines.series.steps.map(BigInt)).toEqual(points.map(([, , step]) => step))
    }),
  )
})

test('the points of a start of a file are a start of its points', () => {
  fc.assert(
    fc.property(fc.array(point, { minLength: 1 }), fc.nat(), (points, cut) => {
      const text = points.map(([time, value, step]) => `${time} ${pythonFloat(value)} ${step}\n`).join('')
      const whole = read(text).points
      // The last step of a cut text may have lost digits.
      const part = read(text.slice(0, cut % (text.length + 1)), true).points
      expect(part.slice(0, -1)).toEqual(whole.slice(0, Math.max(part.length - 1, 0)))
    }),
  )
})
