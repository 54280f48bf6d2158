import { Link } from '@tanstack/react-router'

import type { RunDetail } from '#contract/run.ts'
import { formatCount, formatPlural } from '#lib/format.ts'

import { DataAndModels } from './data-and-models.tsx'
import { EnvironmentSection } from './environment-section.tsx'
import { Places } from './places.tsx'
import { RailRow, RailSection } from './rail.tsx'
import { Timeline } from './timeline.tsx'

import styles from './rail.module.css'

export const railWidth = 324
const shownParams = 9

/** Params, data and models, environment, times and places of a run. */
export function OverviewRail({ run, now }: { run: RunDetail; now: number }) {
  return (
    <>
      <RailSection title="Params" aside={formatCount(run.params.length)}>
        {run.params.length === 0 && <p className={styles['none']}>None logged</p>}
        <dl className={styles['rows']}>
          {run.params.slice(0, shownParams).map(({ key, value }) => (
            <RailRow key={key} label={<code>{key}</code>} title={key}>
              {value === '' ? (
                <span className={styles['quiet']}>empty</span>
              ) : (
                <code className={styles['cut']} title={value.slice(0, 2_000)}>
                  {value.slice(0, 200)}
                </code>
              )}
            </RailRow>
          ))}
        </dl>
        {run.params.length > shownParams && (
          <Link
            to="/runs/$run"
            params={{ run: run.id }}
            search={{ tab: 'params' }}
            className={styles['more']}
            aria-label={formatPlural(run.params.length - shownParams, 'more param')}
          >
            {formatCount(run.params.length - shownParams)} more
          </Link>
        )}
      </RailSection>
      <DataAndModels run={run} />
      <EnvironmentSection run={run} />
      <Timeline run={run} now={now} />
      <Places run={run} />
    </>
  )
}
