import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { StatusMark } from '#domain/run-status.tsx'
import { RunSwatch } from '#domain/run-swatch.tsx'
import { formatCount } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'

import styles from './overview.module.css'

const shownFirst = 12

/** Runs that name this one as their parent. */
export function ChildRuns({ runs }: { runs: RunDetail['children'] }) {
  const [all, setAll] = useState(false)
  return (
    <section className={styles['section']}>
      <div className={styles['sectionHead']}>
        <h2>Child runs</h2>
        <span className={styles['aside']}>{formatCount(runs.length)}</span>
      </div>
      <ul className={styles['children']}>
        {(all ? runs : runs.slice(0, shownFirst)).map(({ id, name, status }) => (
          <li key={id} className={styles['child']}>
            <RunSwatch run={id} />
            <Link to="/runs/$run" params={{ run: id }} className={styles['childName']} title={name}>
              {name}
            </Link>
            {status !== 'finished' && <StatusMark status={status} />}
          </li>
        ))}
      </ul>
      {runs.length > shownFirst && (
        <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${formatCount(runs.length)}`}
        </Button>
      )}
    </section>
  )
}
