import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { completionAt } from './complete.ts'

const any = ['metric', 'param', 'tag', 'attribute']

/** Text with `|` for the caret, what is expected there, the range that a choice replaces, and what was typed of it. */
test.each([
  ['|', 'key', '', '', any],
  ['me| > 1', 'key', 'me', 'me', any],
  ['metrics.ac|c > 1', 'key', 'metrics.acc', 'ac', ['metric']],
  ['metrics.`val/a| > 1', 'key', 'metrics.`val/a', 'val/a', ['metric']],
  ['points > 1 and params.`a b`|', 'key', 'params.`a b`', 'a b', ['param']],
  ['`tags`.ow|', 'key', '`tags`.ow', 'ow', ['tag']],
  ['tags.|"a b" = 1', 'key', 'tags."a b"', '', ['tag']],
  ['max(|', 'key', '', '', ['metric']],
  ['max(metrics.l|', 'key', 'metrics.l', 'l', ['metric']],
  ['not (st|', 'key', 'st', 'st', any],
  ['points |', 'operator', '', '', []],
  ['points <|= 1', 'operator', '<=', '<', []],
  ['points n|', 'operator', 'n', 'n', []],
  ['points is no|', 'operator', 'no', 'no', []],
  ['params.x =|', 'value', '', '', []],
  ["params.x = 'ad|", 'value', "'ad", 'ad', []],
  ["params.x = 'ad|am' or points = 1", 'value', "'adam'", 'ad', []],
  ["params.x in ('a', |", 'value', '', '', []],
  ["name like '|", 'value', "'", '', []],
  ['points between 1 and |', 'value', '', '', []],
  ['points between 1 |', 'connective', '', '', []],
  ["params.x in ('a' |", 'connective', '', '', []],
  ['points = 1 a|', 'connective', 'a', 'a', []],
  ['(points = 1 |', 'connective', '', '', []],
])('%s', (marked, expects, replaced, typed, kinds) => {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  const completion = completionAt(text, caret)
  expect(completion).toMatchObject({ expects, typed, kinds })
  expect(text.slice(completion?.start, completion?.end)).toBe(replaced)
})

test.each([
  ['points ', ['=', '!=', '<', '<=', '>', '>=', 'between', 'in', 'not in', 'is null', 'is not null']],
  ['status ', ['=', '!=', 'in', 'not in', 'like', 'ilike', 'matches', 'is null', 'is not null']],
  ['status not ', ['in', 'like', 'ilike', 'matches']],
  ['points is ', ['null', 'not null']],
  ['start_time > ', ['now']],
  ['status = ', ["'running'", "'finished'", "'failed'", "'killed'", "'scheduled'"]],
  ['points = 1 ', ['and', 'or']],
  ['(points = 1 ', ['and', 'or', ')']],
  ['points in (1 ', [',', ')']],
  ['', ['not', '(']],
])('after %j come the words %j', (text, words) => {
  expect(completionAt(text, text.length)?.words).toEqual(words)
})

test('an operator and a value belong to their operand', () => {
  const operand = { kind: 'param', key: 'a b' }
  expect(completionAt('params.`a b` ', 13)?.operand).toEqual(operand)
  expect(completionAt('points = 1 or params.`a b` not in (1, ', 38)?.operand).toEqual(operand)
})

test('behind a fault nothing is offered', () => {
  expect(completionAt('foo bar ', 8)).toBeNull()
  expect(completionAt('points > 1 points ', 18)).toBeNull()
})

test('any text has at any caret a range around the caret or nothing', () => {
  const word = fc.constantFrom('metrics.', '`a b`', 'params.x', ' ', '=', "'x", '(', ')', 'in', 'not', 'and', '1', '.', '🚀')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 10 }), fc.nat(40), (words, at) => {
      const text = words.join('')
      const caret = Math.min(at, text.length)
      const completion = completionAt(text, caret)
      if (completion) expect(completion.start <= caret && caret <= completion.end && completion.end <= text.length).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
