import { expect, test } from 'vitest'

import { parseAxis, parseExpressions, printAxis, printExpressions } from './use-charts-view.ts'

test.each([
  [undefined, 'step', null, ''],
  ['time', 'time', null, 'time'],
  ['relative', 'relative', null, 'relative'],
  ['metric:val/acc', 'metric', 'val/acc', 'metric:val/acc'],
  ['metric:metric:a', 'metric', 'metric:a', 'metric:metric:a'],
  ['metric:', 'step', null, ''],
  ['metric', 'step', null, ''],
  ['nonsense', 'step', null, ''],
])('the axis %j is %s of %j', (text, x, xKey, printed) => {
  expect(parseAxis(text)).toEqual({ x, xKey })
  expect(printAxis(parseAxis(text))).toBe(printed)
})

test('expressions come back from an address, each once, at most twenty', () => {
  const expressions = ['max(a, b)', '`100%` / `a,b`', 'a%2Cb', 'log(`val/loss`)']
  expect(parseExpressions(printExpressions([...expressions, 'max(a, b)']))).toEqual(expressions)
  expect(printExpressions(['log(a) + 1'])).toBe('log(a) + 1')
  expect(parseExpressions(undefined)).toEqual([])
  expect(parseExpressions('')).toEqual([])
  expect(parseExpressions('a,,b, ')).toEqual(['a', 'b'])
  expect(parseExpressions(Array.from({ length: 30 }, (_, at) => `m${at}`).join(','))).toHaveLength(20)
})
