import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { highlight } from './filter-highlight.ts'

const kinds = (text: string) =>
  highlight(text, null)
    .filter(part => part.text.trim() !== '')
    .map(part => `${part.text}:${part.kind}`)

test('each word has the colour of what it is', () => {
  expect(kinds("max(metrics.`val/acc`) > 0.5 and not status = 'killed'")).toEqual([
    'max:plain',
    '(:plain',
    'metrics.:key',
    '`val/acc`:key',
    '):plain',
    '>:operator',
    '0.5:number',
    'and:operator',
    'not:operator',
    'status:key',
    '=:operator',
    "'killed':string",
  ])
  expect(kinds('params."a b" in ("x", now) and duration < 10m').slice(0, 6)).toEqual([
    'params.:key',
    '"a b":key',
    'in:operator',
    '(:plain',
    '"x":string',
    ',:plain',
  ])
})

test('an error is marked exactly, at the end by one more space', () => {
  expect(highlight('points > abc', { start: 9, end: 12 }).filter(part => part.wrong)).toEqual([{ text: 'abc', kind: 'key', wrong: true }])
  expect(highlight('points >', { start: 8, end: 8 }).at(-1)).toEqual({ text: ' ', kind: 'plain', wrong: true })
  expect(highlight('points >  ', { start: 8, end: 8 }).filter(part => part.wrong)).toEqual([{ text: ' ', kind: 'plain', wrong: true }])
})

test('no character is lost, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), fc.nat(20), (text, a, b) => {
      const start = Math.min(a, b, text.length)
      const parts = highlight(text, { start, end: Math.min(Math.max(a, b), text.length) })
      const joined = parts.map(part => part.text).join('')
      expect(joined === text || joined === `${text} `).toBe(true)
    }),
  )
})
