import { Archive, CircleAlert, CircleCheck, CircleDashed, Clock, LoaderCircle } from 'lucide-react'

import type { SourceEntry } from '#contract/source.ts'
import { formatCount } from '#lib/format.ts'

import styles from './sources.module.css'

const states = {
  waiting: { word: 'Waiting', Icon: Clock },
  reading: { word: 'Reading', Icon: LoaderCircle },
  ready: { word: 'Ready', Icon: CircleCheck },
  failed: { word: 'Failed', Icon: CircleAlert },
  empty: { word: 'Empty', Icon: CircleDashed },
  closed: { word: 'Not opened now', Icon: Archive },
} as const

/** State of a source as icon and word; while it is read, how far. */
export function SourceStateMark({ source: { state, runs, runsFound, name } }: { source: SourceEntry }) {
  const { word, Icon } = states[state]
  return (
    <span className={styles['state']} data-look={state}>
      <Icon />
      {word}
      {state === 'reading' && runsFound !== null && (
        <>
          <progress
            className={styles['progress']}
            aria-label={`Reading ${name}`}
            value={Math.min(runs, runsFound)}
            max={Math.max(1, runsFound)}
          />
          <span className={styles['part']}>
            {formatCount(runs)} of {formatCount(runsFound)}
          </span>
        </>
      )}
    </span>
  )
}
