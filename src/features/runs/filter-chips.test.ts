import { expect, test } from 'vitest'

import { filterChips } from './filter-chips.ts'

const say = (text: string) => filterChips(text).map(({ label, words, value }) => [label, words, value].filter(Boolean).join(' '))

test.each([
  ['max(metrics.`val/acc`) > 0.5', ['val/acc max above 0.5']],
  ["not status = 'KILLED' and duration < 10m", ['Status is not killed', 'Duration under 10 min']],
  ['metrics.loss between -1 and 2.5', ['loss between −1 and 2.5']],
  ["params.optimizer in ('adam', 'sgd')", ['optimizer is one of adam, sgd']],
  ["params.optimizer not in ('adam')", ['optimizer is not one of adam']],
  ["name like 'resnet%' and tags.owner is null", ['Name like resnet%', 'owner is missing']],
  ['not tags.owner is null', ['owner is not missing']],
  ['not metrics.acc > 0.9', ['acc not above 0.9']],
  ['start_time > now - 7d', ['Started after 7 d ago']],
  ['metrics.acc > 0.9 or metrics.acc < 0.1', ['custom condition']],
  ['points >= 100 and (points < 5 or points > 7)', ['Points at least 100', 'custom condition']],
  ['not params.x != 1', ['custom condition']],
  ['', []],
  ['metrics.acc >', []],
])('%s', (text, words) => {
  expect(say(text)).toEqual(words)
})

test('a chip knows the filter without it and where it stands', () => {
  const text = "points > 1 and status = 'failed' and metrics.a > 2"
  const chips = filterChips(text)
  expect(chips.map(chip => chip.without)).toEqual([
    "status = 'failed' and metrics.a > 2",
    'points > 1 and metrics.a > 2',
    "points > 1 and status = 'failed'",
  ])
  expect(text.slice(chips[1]?.at?.start, chips[1]?.at?.end)).toBe("status = 'failed'")
  expect(filterChips('points > 1')[0]?.without).toBe('')
  expect(filterChips('(points > 1 or points < 0) and points != 3')[1]?.without).toBe('points > 1 or points < 0')
})
