import { useId } from 'react'

import { bandKind } from '#contract/band.ts'
import { bandTexts } from '#domain/band-text.ts'
import { Button } from '#ui/button.tsx'
import { Popover } from '#ui/popover.tsx'

import type { Compared } from './compared.ts'
import { differingParams, printGrouping, type Grouping } from './grouping.ts'
import { KeyChecks } from './key-checks.tsx'
import type { CompareView } from './use-compare-view.ts'

import styles from './popover-parts.module.css'

const mostKeys = 8
const kinds: readonly { kind: Grouping['kind'] | 'none'; text: string }[] = [
  { kind: 'none', text: 'Runs one by one' },
  { kind: 'by', text: 'Grouped by these params' },
  { kind: 'but', text: 'Grouped by all params but these' },
]

/** By what the lines of the charts are grouped, and the band around each group. */
export function GroupPicker({ view, compared }: { view: CompareView; compared: Compared }) {
  const { grouping, band } = view
  const text = grouping === null ? 'none' : `${grouping.kind === 'but' ? 'all but ' : ''}${grouping.keys.join(', ')}`
  return (
    <Popover
      label="Group runs"
      align="end"
      trigger={
        <Button title={text}>
          <span className={styles['label']}>Group by</span> {text.length > 28 ? `${text.slice(0, 27)}…` : text}
          {grouping && (
            <>
              <span className={styles['label']}>Band</span> {bandTexts[band].head.replace(/^mean,? /, '')}
            </>
          )}
        </Button>
      }
    >
      <GroupEditor view={view} keys={differingParams(compared.comparison)} />
    </Popover>
  )
}

function GroupEditor({ view: { grouping, band, change }, keys }: { view: CompareView; keys: readonly string[] }) {
  const name = useId()
  const chosen = grouping?.keys ?? []
  const kind = grouping?.kind ?? 'none'
  // What runs of one setting mostly differ in, else whatever comes first.
  const first = keys.find(key => /seed/i.test(key)) ?? keys[0]
  function choose(next: (typeof kinds)[number]['kind']): void {
    if (next === 'none') change({ group: '' })
    else change({ group: printGrouping({ kind: next, keys: chosen.length > 0 || first === undefined ? chosen : [first] }) })
  }
  return (
    <div className={styles['editor']}>
      <fieldset className={styles['kinds']}>
        <legend>Lines of the charts</legend>
        {kinds.map(option => (
          <label key={option.kind} className={styles['key']}>
            <input
              type="radio"
              name={`${name}kind`}
              checked={kind === option.kind}
              disabled={keys.length === 0 && option.kind !== 'none'}
              onChange={() => choose(option.kind)}
            />
            {option.text}
          </label>
        ))}
      </fieldset>
      <KeyChecks
        legend="Params that differ"
        noun="param"
        keys={keys}
        chosen={chosen}
        most={mostKeys}
        onChange={next => change({ group: printGrouping({ kind: kind === 'none' ? 'by' : kind, keys: next }) })}
      />
      <fieldset className={styles['kinds']}>
        <legend>Band around each group</legend>
        {bandKind.options.map(option => (
          <label key={option} className={styles['key']}>
            <input
              type="radio"
              name={`${name}band`}
              checked={band === option}
              onChange={() => change({ band: option === 'std' ? '' : option })}
            />
            {bandTexts[option].choice}
          </label>
        ))}
      </fieldset>
    </div>
  )
}
