import type { Comparison } from '#contract/comparison.ts'
import { formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'

import type { CompareView } from './use-compare-view.ts'

import styles from './compare-page.module.css'

/** Reasons that are said in words; the others are counted. */
const said = 3

/** Says which runs of the address are not here, and lets the others stand alone. */
export function MissingRuns({ view, missing }: { view: CompareView; missing: Comparison['missing'] }) {
  if (missing.length === 0) return null
  const gone = new Set(missing.map(({ asked }) => asked))
  const rest = missing.length - said
  return (
    <div className={styles['missing']}>
      <output>
        {missing
          .slice(0, said)
          .map(({ reason }) => reason)
          .join(' ')}
        {rest > 0 && ` And ${formatPlural(rest, 'other run')} not found.`}
      </output>
      <Button size="small" onClick={() => view.change({ runs: view.runs.filter(id => !gone.has(id)).join(',') })}>
        Leave {missing.length === 1 ? 'it' : 'them'} out
      </Button>
    </div>
  )
}
