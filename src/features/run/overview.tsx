import { Terminal } from 'lucide-react'

import type { RunDetail } from '#contract/run.ts'
import { CopyButton } from '#ui/copy-button.tsx'
import { LongText } from '#ui/long-text.tsx'
import { Split } from '#ui/split.tsx'

import { ChildRuns } from './child-runs.tsx'
import { MainCharts } from './main-charts.tsx'
import { NumberCards } from './number-card-row.tsx'
import { OverviewRail, railWidth } from './overview-rail.tsx'

import styles from './overview.module.css'

/** The numbers that matter, the note, child runs and what made the run; its facts in a rail at the right. */
export function Overview({ run, now }: { run: RunDetail; now: number }) {
  return (
    <Split label="Facts of the run" width={railWidth} aside={<OverviewRail run={run} now={now} />}>
      <div className={styles['main']}>
        <NumberCards run={run} />
        <MainCharts run={run} />
        {run.note.trim() !== '' && (
          <section className={styles['section']}>
            <h2>Note</h2>
            <div className={styles['note']}>
              <LongText text={run.note} lines={24} characters={4_000} />
            </div>
          </section>
        )}
        {run.children.length > 0 && <ChildRuns runs={run.children} />}
        {run.command !== '' && (
          <section className={styles['section']}>
            <div className={styles['sectionHead']}>
              <h2>
                <Terminal />
                Made by
              </h2>
              <span className={styles['aside']}>as logged</span>
              <CopyButton text={run.command} className={styles['sectionAction']}>
                Copy
              </CopyButton>
            </div>
            <pre className={styles['command']}>{run.command}</pre>
          </section>
        )}
      </div>
    </Split>
  )
}
