import { expect, test } from 'vitest'

import { completionAt } from '#contract/filter/complete.ts'
import type { KeyEntry } from '#contract/runs-page.ts'

import { keyItems, valueItems, wordItems } from './completion-items.ts'

function at(text: string) {
  const completion = completionAt(text, text.length)
  if (!completion) throw new Error(`nothing at ${text}`)
  return completion
}

const keys: KeyEntry[] = [
  { operand: 'params.optimizer', kind: 'param', key: 'optimizer', runs: 51, numeric: false, varies: true },
  { operand: 'params.opt.weight_decay', kind: 'param', key: 'opt.weight_decay', runs: 48, numeric: true, varies: true },
  { operand: 'metrics.`opt/grad_norm`', kind: 'metric', key: 'opt/grad_norm', runs: 51, numeric: true, varies: true },
]

test('keys show what was typed in them, their kind and coverage', () => {
  const [first, second] = keyItems(at('params.opt'), keys, '')
  expect(first).toMatchObject({
    text: 'params.optimizer',
    match: { start: 7, end: 10 },
    note: 'text · 51 runs',
    insert: 'params.optimizer ',
  })
  expect(second).toMatchObject({ note: 'number · 48' })
})

test('a function takes metrics only and keeps its bracket free', () => {
  expect(keyItems(at('max('), keys, 'max(').map(item => item.insert)).toEqual(['metrics.`opt/grad_norm`'])
})

test('values are quoted as the language wants them', () => {
  const texts = valueItems(at('params.optimizer = '), [
    { value: 'sgd', runs: 18 },
    { value: '0.1', runs: 1 },
    { value: "it's", runs: 1 },
  ])
  expect(texts.map(item => [item.text, item.note])).toEqual([
    ["'sgd'", '18 runs'],
    ['0.1', '1 run'],
    ["'it''s'", '1 run'],
  ])
})

test('words begin as what was typed', () => {
  expect(wordItems(at('points b')).map(item => item.insert)).toEqual(['between '])
  expect(wordItems(at('points > 1 ')).map(item => item.text)).toEqual(['and', 'or'])
})
