import type { LineInput } from '#charts/prepare/line-input.ts'
import type { BandKind } from '#contract/band.ts'
import type { GroupFacts } from '#contract/series-window.ts'
import { formatCount, formatPlural } from '#lib/format.ts'

import { bandTexts } from './band-text.ts'

/** What the head of a chart of groups says: how they are drawn, of how many runs, and what is not as it would be without it. */
export function groupNotes(lines: readonly LineInput[], band: BandKind): string[] {
  const facts = lines.flatMap(({ window }) => window.group ?? [])
  const sum = (pick: (fact: (typeof facts)[number]) => number) => facts.reduce((total, fact) => total + pick(fact), 0)
  const [runs, of, read, left] = [sum(fact => fact.runs), sum(fact => fact.of), sum(fact => fact.read), sum(fact => fact.left)]
  return [
    bandTexts[band].head,
    countText(facts),
    runs < of ? `${formatCount(runs)} of ${formatPlural(of, 'run')} have it` : '',
    read < runs ? `${formatCount(read)} of ${formatPlural(runs, 'run')} read` : '',
    facts.some(fact => !fact.exact) ? carriedText(facts.map(fact => fact.every)) : '',
    left > 0 ? `${formatPlural(left, 'value')} not finite left out` : '',
  ].filter(text => text !== '')
}

function carriedText(every: readonly number[]): string {
  const most = Math.max(...every)
  return most > 1 ? `last values carried to one place in ${formatCount(most)}` : 'last values carried'
}

/** Runs that enter a line, where they are fewest and where they are most: `n 4`, `n 2 to 9`. */
export function countText(facts: readonly Pick<GroupFacts, 'least' | 'most'>[]): string {
  if (facts.length === 0) return ''
  const least = Math.min(...facts.map(fact => fact.least))
  const most = Math.max(...facts.map(fact => fact.most))
  return least === most ? `n ${formatCount(least)}` : `n ${formatCount(least)} to ${formatCount(most)}`
}
