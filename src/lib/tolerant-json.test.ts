import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseTolerantJson } from './tolerant-json.ts'

/** As Python's `json.dumps` writes it. */
function pythonJson(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : Number.isNaN(value) ? 'NaN' : String(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${pythonJson(item)}`)
    .join(', ')}}`
}

test('bare words are numbers, the same words in strings stay text', () => {
  const text = '{"a": [NaN, Infinity, -Infinity], "NaN": "Infinity \\" NaN", "b": -1e5, "c": "\\\\", "d": NaN}'
  expect(parseTolerantJson(text)).toEqual({
    a: [Number.NaN, Infinity, -Infinity],
    NaN: 'Infinity " NaN',
    b: -1e5,
    c: '\\',
    d: Number.NaN,
  })
})

test('what Python writes comes back equal', () => {
  const value = fc.jsonValue({ maxDepth: 3 }).chain(json => fc.tuple(fc.constant(json), fc.double()))
  fc.assert(
    fc.property(value, written => {
      expect(parseTolerantJson(pythonJson(written))).toEqual(written)
    }),
  )
})

test('names of built-in properties are ordinary names', () => {
  const read = parseTolerantJson('{"__proto__": {"polluted": NaN}, "constructor": 1}') as object
  expect(Object.keys(read)).toEqual(['__proto__', 'constructor'])
  expect('polluted' in {}).toBe(false)
})

test.each(['{"a": NaNa}', '{"a": -NaN}', '[NaN', 'nan', '{a: Infinity}', '"NaN'])('%s is a fault', text => {
  expect(() => parseTolerantJson(text)).toThrow(SyntaxError)
})

test('a long text with many escapes is read', () => {
  const text = `["${'\\"'.repeat(500_000)}", NaN]`
  expect(parseTolerantJson(text)).toEqual(['"'.repeat(500_000), Number.NaN])
})
