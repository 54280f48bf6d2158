import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { indentJson } from './indent-json.ts'

test('one line a value, short lists on one line', () => {
  expect(indentJson('{"a":[1,2,3],"b":{"c":[{"d":1},[]]},"e":{}}')).toBe(
    ['{', '  "a": [1, 2, 3],', '  "b": {', '    "c": [', '      { "d": 1 },', '      []', '    ]', '  },', '  "e": {}', '}'].join('\n'),
  )
})

test('numbers and words stand as they were written', () => {
  const text = '{"lr": 1e-05, "step": 9007199254740993, "loss": NaN, "low": -Infinity, "text": "a, {b}: \\"c\\""}'
  expect(indentJson(text)).toBe(
    '{\n  "lr": 1e-05,\n  "step": 9007199254740993,\n  "loss": NaN,\n  "low": -Infinity,\n  "text": "a, {b}: \\"c\\""\n}',
  )
})

test('cut and faulty texts keep all they have', () => {
  expect(indentJson('{"a": [1, {"b": "cu')).toBe('{\n  "a": [\n    1,\n    {\n      "b": "cu')
  expect(indentJson(']}')).toBe('\n]\n}')
  expect(indentJson('{}')).toBe('{}')
  expect(indentJson('')).toBe('')
})

test('the value is the same after indenting', () => {
  fc.assert(
    fc.property(fc.json(), text => {
      expect(JSON.parse(indentJson(text))).toEqual(JSON.parse(text))
    }),
  )
})

test('a text that only nests comes back as it is', () => {
  const text = '['.repeat(1_000_000)
  expect(indentJson(text)).toBe(text)
})
