import { expect, test } from 'vitest'

import type { FilterError } from './error.ts'
import { parseFilter } from './parse.ts'

function errorOf(text: string): FilterError {
  const parsed = parseFilter(text)
  if (parsed.ok) throw new Error(`${text} was accepted`)
  return parsed.error
}

test('conditions and values know where they stand', () => {
  expect(parseFilter(" max(metrics.a) > - 1 or params.`b` in ('x' , 2)")).toEqual({
    ok: true,
    filter: {
      kind: 'or',
      parts: [
        {
          kind: 'compare',
          operand: { kind: 'metric', key: 'a', aggregate: 'max' },
          operator: '>',
          value: { type: 'number', value: -1, at: { start: 18, end: 21 } },
          at: { start: 1, end: 21 },
        },
        {
          kind: 'in',
          operand: { kind: 'param', key: 'b' },
          negated: false,
          values: [
            { type: 'text', value: 'x', at: { start: 40, end: 43 } },
            { type: 'number', value: 2, at: { start: 46, end: 47 } },
          ],
          at: { start: 25, end: 48 },
        },
      ],
    },
  })
})

test('a blank text is no filter and no error', () => {
  expect(parseFilter(' \n\t ')).toEqual({ ok: true, filter: null })
})

test('a flat chain may be as long as a text may be', () => {
  const parsed = parseFilter(Array.from({ length: 8_000 }, (_, index) => `points=${index % 10}`).join(' or '))
  expect(parsed.ok && parsed.filter?.kind === 'or' && parsed.filter.parts.length).toBe(8_000)
})

test('nesting has a limit, and beyond it the place where it is crossed', () => {
  const nested = (open: string, close: string, depth: number): string => `${open.repeat(depth)}points = 1${close.repeat(depth)}`
  expect(parseFilter(nested('(', ')', 200)).ok).toBe(true)
  expect(parseFilter(nested('not ', '', 200)).ok).toBe(true)
  expect(errorOf(nested('(', ')', 201))).toEqual({ message: 'Parentheses and not nest at most 200 deep.', start: 200, end: 201 })
  expect(errorOf('('.repeat(100_000))).toMatchObject({ start: 200, end: 201 })
  expect(errorOf('not '.repeat(25_000))).toMatchObject({ start: 800, end: 803 })
})

test('a text that is too long is refused unread', () => {
  expect(errorOf(' '.repeat(100_001))).toEqual({
    message: 'A filter has at most 100,000 characters, and this one has 100,001.',
    start: 100_000,
    end: 100_001,
  })
})

test('putting what was probably meant in the place of the fault mends the text', () => {
  for (const text of [
    "stauts = 'failed'",
    "attributes.stauts = 'failed'",
    'metrix.acc > 1',
    "status = 'faild'",
    'status = faild',
    'params.optimizer = adam',
    'params.x = `adam`',
    'metrics.val-loss < 1',
    'params.a:b = 1',
    'avg(metrics.acc) > 1',
    'points == 1',
    'points <> 1',
    'points > 1 && points < 9',
    "name =~ '^r'",
    'params.lr = null',
    'params.lr != None',
    'start_time > 2026-11-01',
    'start_time > 2026-11-01 14:03',
    'start_time > now - 2W',
    'duration > 10M',
    "metrics.acc > '0.5'",
    'metrics.acc > 1e999',
    "name lik 'x'",
    "name not lik 'x'",
  ]) {
    const { start, end, nearest } = errorOf(text)
    const mended = text.slice(0, start) + String(nearest) + text.slice(end)
    expect([text, parseFilter(mended).ok]).toEqual([text, true])
  }
})
