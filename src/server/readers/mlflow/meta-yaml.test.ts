import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'

import { integerOf, type Meta, MetaError, pairsOf, parseMeta, textOf } from './meta-yaml.ts'

vi.setConfig({ testTimeout: 60_000 })

function read(text: string): unknown {
  return Object.fromEntries(parseMeta(text))
}

test('ids keep their digits, quoted or not', () => {
  expect(read("experiment_id: 382507748699527496\nother: '0123'\nold: 0123\n")).toEqual({
    experiment_id: '382507748699527496',
    other: '0123',
    old: '0123',
  })
})

test('null has five spellings, the word None is text', () => {
  expect(read("a: null\nb: ~\nc:\nd: Null\ne: NULL\ncurrent_stage: None\nf: 'null'\ng: ''\n")).toEqual({
    a: null,
    b: null,
    c: null,
    d: null,
    e: null,
    current_stage: 'None',
    f: 'null',
    g: '',
  })
})

test('folded, quoted and nested values are read as YAML has them', () => {
  const text = `name: a long name that the writer
  folded
quoted: "\\U0001F600 \\"x\\""
single: 'it''s: #1'
tags:
  mlflow.data.context: train
  other: null
list: [a, 1]
`
  const meta = parseMeta(text)
  expect(textOf(meta, 'name')).toBe('a long name that the writer folded')
  expect(textOf(meta, 'quoted')).toBe('😀 "x"')
  expect(textOf(meta, 'single')).toBe("it's: #1")
  expect([...pairsOf(meta, 'tags')]).toEqual([['mlflow.data.context', 'train']])
  expect(meta.get('list')).toEqual(['a', '1'])
})

test('line ends of Windows, trailing spaces and comments change nothing', () => {
  expect(read('a: 1\r\nb: x y \r\nc:\r\n')).toEqual({ a: '1', b: 'x y', c: null })
  expect(read('---\n# note\na: 1 # note\nb: C:\\runs\\1\n')).toEqual({ a: '1', b: 'C:\\runs\\1' })
})

test('the last of two equal keys counts, as in Python', () => {
  expect(read('a: 1\na: 2\n')).toEqual({ a: '2' })
  expect(read('a: 1\na: "2"\n')).toEqual({ a: '2' })
})

function fault(text: string): [string, number | null] {
  try {
    parseMeta(text)
  } catch (error) {
    if (error instanceof MetaError) return [error.message, error.line]
    throw error
  }
  return ['none', null]
}

test.each([
  ['', 'is empty', null],
  ['\n\n', 'is empty', null],
  ['a: 1\nb: !!python/object/apply:os.system ["x"]\n', 'has the YAML tag tag:yaml.org,2002:python/object/apply:os.system', 2],
  ['b: !!python/name:os.system x\n', 'has the YAML tag', 1],
  ['a: &x [1]\nb: *x\n', 'has a YAML alias', 2],
  ['a: 1\n<<: {b: 1}\n', 'has a YAML merge key', 2],
  ['a: 1\nb: [1\n', 'is not YAML', 3],
  ['- 1\n', 'is not a list of `key: value` lines', null],
  ['garbage', 'is not a list of `key: value` lines', null],
  ['['.repeat(100_000), 'is nested more than 100 levels deep', null],
  [`${'- '.repeat(5_000)}x`, '', null],
])('bad file %# is refused', (text, reason, line) => {
  const [message, at] = fault(text)
  expect(message).toContain(reason)
  expect(message).not.toBe('none')
  if (line !== null) expect(at).toBe(line)
})

test('nine levels of nine aliases end at once', () => {
  const levels = 'abcdefghi'.split('')
  const bomb = levels.map((name, index) => `${name}: &${name} [${`${index === 0 ? 'x' : `*${levels[index - 1]}`},`.repeat(9)}]`).join('\n')
  const start = performance.now()
  expect(fault(bomb)[0]).toContain('alias')
  expect(performance.now() - start).toBeLessThan(5_000)
})

test('keys named as built-in properties are ordinary keys', () => {
  const meta = parseMeta('__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n')
  expect([...meta.keys()]).toEqual(['__proto__', 'constructor'])
  expect('polluted' in {}).toBe(false)
})

test('numbers are whole or absent', () => {
  const meta = parseMeta('a: 1700000000000\nb: -1\nc: 1.5\nd: x\ne: null\n')
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map(key => integerOf(meta, key))).toEqual([1_700_000_000_000, -1, null, null, null, null])
})

test('the short way and the YAML parser agree on every flat file', () => {
  const value = fc.oneof(
    fc.integer().map(String),
    fc.stringMatching(/^[A-Za-z0-9 _./:\\'#~[\]{}&*!|>%@`"-]{0,20}$/),
    fc.constantFrom('null', '~', "'a'", "''", '[]', '{}', 'None', 'file:///x/y', 'file:C:\\x'),
  )
  const outcome = (text: string): unknown => {
    try {
      return Object.fromEntries(parseMeta(text))
    } catch (error) {
      return error instanceof MetaError ? 'refused' : error
    }
  }
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 3 }), values => {
      const text = values.map((written, index) => `k${index}: ${written}`).join('\n')
      // A comment line is enough to leave the short way.
      expect(outcome(text)).toEqual(outcome(`# note\n${text}`))
    }),
    { numRuns: 1_000 },
  )
})

test('any text is read or refused, never anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      let meta: Meta | null = null
      try {
        meta = parseMeta(text)
      } catch (error) {
        expect(error).toBeInstanceOf(MetaError)
      }
      expect(meta?.size).not.toBe(0)
    }),
    { numRuns: 200 },
  )
})
