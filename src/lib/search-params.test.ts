import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseSearch, stringifySearch, textParams } from './search-params.ts'

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }), fc.string({ minLength: 1, unit: 'grapheme' })), texts => {
      expect(parseSearch(stringifySearch(texts))).toEqual({ ...texts })
    }),
  )
})

test('defaults leave no trace', () => {
  expect(stringifySearch({ filter: '', sort: undefined })).toBe('')
  expect(parseSearch('?filter=&deleted=only')).toEqual({ deleted: 'only' })
})

test('a link stays short and survives programs that end it at a quote or bracket', () => {
  expect(stringifySearch({ filter: "max(metrics.`val/acc`) > 0.9 and status = 'failed'" })).toBe(
    '?filter=max%28metrics.%60val/acc%60%29+%3E+0.9+and+status+=+%27failed%27',
  )
})

test('a validator keeps texts of known names only', () => {
  expect(textParams('tab', 'path')({ tab: 'files', path: '', other: 'x', metric: 3 })).toEqual({ tab: 'files' })
})
