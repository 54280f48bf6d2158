import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { csvDelimiter, parseCsv } from './csv.ts'

test.each([
  [
    'plain',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'no line break at the end',
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['bare CR', 'a\r1\r', [['a'], ['1']]],
  ['quoted delimiter, break and quote', '"a,b","c\nd","e""f"\n', [['a,b', 'c\nd', 'e"f']]],
  [
    'empty fields',
    ',\n"",x\n',
    [
      ['', ''],
      ['', 'x'],
    ],
  ],
  [
    'empty field at the end of the text',
    'a,b\n1,',
    [
      ['a', 'b'],
      ['1', ''],
    ],
  ],
  ['empty lines', 'a\n\n\r\nb\n', [['a'], ['b']]],
  ['quote inside a field', '5" disk,x\n', [['5" disk', 'x']]],
  ['text after a closing quote', '"a"b,c\n', [['ab', 'c']]],
  ['open quote', 'a\n"b,c\nd', [['a'], ['b,c\nd']]],
  ['byte order mark', '\uFEFFa,b\n', [['a', 'b']]],
  ['nothing', '', []],
])('%s', (_name, text, rows) => {
  expect(parseCsv(text)).toEqual({ rows, total: rows.length })
})

test('rows beyond the limit are counted and not kept', () => {
  expect(parseCsv('a\n1\n2\n3\n', ',', 2)).toEqual({ rows: [['a'], ['1']], total: 4 })
})

test('what is written by the rules is read back', () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') })
  fc.assert(
    fc.property(fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1 }), rows => {
      const text = rows.map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(',')).join('\r\n')
      expect(parseCsv(text).rows).toEqual(rows)
    }),
  )
})

test('the delimiter follows the name, then the first line', () => {
  expect(csvDelimiter('x.TSV', 'a,b')).toBe('\t')
  expect(csvDelimiter('x.csv', 'a;b,c\n')).toBe(',')
  expect(csvDelimiter('x.csv', 'a;b\n1,2')).toBe(';')
  expect(csvDelimiter('x.csv', 'a\tb')).toBe('\t')
  expect(csvDelimiter('x.csv', 'a')).toBe(',')
})
