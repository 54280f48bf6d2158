import { expect, test } from 'vitest'

import { checkExpression } from './expression-check.ts'
import { completeExpression } from './expression-completion.ts'

const keys = { metrics: ['loss', 'val/loss', 'val/acc', 'lr'], params: ['lr', 'batch size'], complete: true }

test.each([
  ['log(loss)', null],
  ['`val/loss` * params.lr', null],
  ['val/loss - loss', ['The signs in val/loss count as operators.', 0, 8, '`val/loss`']],
  ['1 + los', ['Nothing here logged a metric los.', 4, 7, 'loss']],
  ['loss * params.lrr', ['Nothing here logged a param lrr.', 7, 17, 'params.lr']],
  ['loss +', ['Expected a metric, a number or ( after +.', 6, 6, undefined]],
])('%s: %j', (text, fault) => {
  const found = checkExpression(text, keys)
  expect(found && [found.message, found.start, found.end, found.nearest]).toEqual(fault)
})

test('keys that are not all known yet are no fault', () => {
  expect(checkExpression('anything', { ...keys, complete: false })).toBeNull()
})

test.each([
  ['|', 0, 0, ['loss', '`val/loss`', '`val/acc`', 'lr', 'log()']],
  ['lo|', 0, 2, ['loss', '`val/loss`', 'log()', 'log10()', 'log2()']],
  ['1 - val/l|', 4, 9, ['`val/loss`']],
  ['loss/l|', 5, 6, ['loss', 'lr', '`val/loss`', '`val/acc`', 'log()']],
  ['`val/|', 0, 5, ['`val/loss`', '`val/acc`']],
  ['loss * params.b|', 7, 15, ['params.`batch size`']],
  ['loss * params.`b|', 7, 16, ['params.`batch size`']],
  ['max(lr, |', 8, 8, ['loss', '`val/loss`', '`val/acc`', 'lr', 'log()']],
  ['loss |', null, null, []],
  ['12|', null, null, []],
])('%s offers from %s to %s', (marked, start, end, texts) => {
  const caret = marked.indexOf('|')
  const completion = completeExpression(marked.replace('|', ''), caret, keys)
  expect([completion?.start ?? null, completion?.end ?? null]).toEqual([start, end])
  expect(completion?.items.map(({ text }) => text).slice(0, 5) ?? []).toEqual(texts)
})
