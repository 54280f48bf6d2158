import type { ReactNode } from 'react'

import type { CompareRow } from './compare-rows.ts'
import type { Compared } from './compared.ts'
import { FactsPanel } from './facts-panel.tsx'
import { OverlayChart } from './overlay-chart.tsx'
import type { CompareView } from './use-compare-view.ts'

import styles from './overview-tab.module.css'

/** Charts beside the facts. */
const charts = 4

interface OverviewTabProps {
  view: CompareView
  compared: Compared
  rows: readonly CompareRow[]
  /** What else can be done with the rows. */
  tools: ReactNode
}

/** Why the runs differ beside how they went. */
export function OverviewTab({ view, compared, rows, tools }: OverviewTabProps) {
  const metrics = (view.metrics ?? compared.metrics).slice(0, charts)
  return (
    <div className={styles['overview']}>
      <div className={styles['card']}>
        <FactsPanel view={view} compared={compared} rows={rows} tools={tools} />
      </div>
      {metrics.length > 0 && (
        <div className={styles['charts']}>
          {metrics.map(metric => (
            <div key={metric} className={styles['chart']}>
              <OverlayChart metric={metric} view={view} compared={compared} />
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
