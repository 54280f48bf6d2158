import type { LineInput } from '#charts/prepare/line-input.ts'
import type { BandKind } from '#contract/band.ts'
import { formatCount, formatPlural } from '#lib/format.ts'

import { bandTexts } from './band-text.ts'

/** What the head of a chart of groups says: how they are drawn, of how many runs, and what is not as it would be without it. */
export function groupNotes(lines: readonly LineInput[], band: BandKind): string[] {
  const facts = lines.flatMap(({ window }) => window.group ?? [])
  const sum = (pick: (fact: (typeof facts)[number]) => number) => facts.reduce((total, fact) => total + pick(fact), 0)
  const [runs, of, left] = [sum(fact => fact.runs), sum(fact => fact.of), sum(fact => fact.left)]
  return [
    bandTexts[band].head,
    countText(facts.map(fact => fact.runs)),
    runs < of ? `${formatCount(runs)} of ${formatPlural(of, 'run')} have it` : '',
    facts.some(fact => !fact.exact) ? 'last values carried' : '',
    left > 0 ? `${formatPlural(left, 'value')} not finite left out` : '',
  ].filter(text => text !== '')
}

/** `n 4`, `n 2 to 9`. */
function countText(counts: readonly number[]): string {
  if (counts.length === 0) return ''
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  return least === most ? `n ${formatCount(least)}` : `n ${formatCount(least)} to ${formatCount(most)}`
}
