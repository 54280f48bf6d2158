import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseList, printList } from './text-list.ts'

test('any texts come back, lists of lists too', () => {
  const texts = fc.array(fc.string({ minLength: 1 }))
  fc.assert(
    fc.property(texts, list => {
      expect(parseList(printList(list))).toEqual(list)
    }),
  )
  fc.assert(
    fc.property(fc.array(texts.filter(list => list.length > 0)), lists => {
      expect(parseList(printList(lists.map(printList))).map(parseList)).toEqual(lists)
    }),
  )
})

test('a text that was escaped badly stays as it is', () => {
  expect(parseList('50%,a')).toEqual(['50%', 'a'])
  expect(parseList(undefined)).toEqual([])
})
