import { Link } from '@tanstack/react-router'
import { Pin, Plus, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'

import { RunMarks } from '#domain/run-status.tsx'
import { RunSwatch } from '#domain/run-swatch.tsx'
import { classNames } from '#lib/class-names.ts'
import { formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Popover } from '#ui/popover.tsx'

import type { Compared } from './compared.ts'
import { GroupPicker } from './group-picker.tsx'
import type { CompareView } from './use-compare-view.ts'

import styles from './run-chips.module.css'

const RunPicker = lazy(async () => ({ default: (await import('./run-picker.tsx')).RunPicker }))

/** Chips that are shown before the rest is asked for. */
const chipsAtFirst = 6

/** The runs as the legend of the whole page: which one is the baseline, and ways to take one away and to add one. */
export function RunChips({ view, compared }: { view: CompareView; compared: Compared }) {
  const { runs } = compared.comparison
  const [all, setAll] = useState(false)
  const shown = all ? [...runs.keys()] : [...runs.keys()].slice(0, chipsAtFirst)
  // The baseline is the one that everything else is read against.
  if (!shown.includes(compared.baseline)) shown.splice(-1, 1, compared.baseline)
  const remove = (asked: string) => view.change({ runs: view.runs.filter(id => id !== asked).join(',') })
  return (
    <div className={styles['bar']}>
      <div className={styles['runs']}>
        <ul className={styles['chips']} aria-label="Compared runs">
          {shown.map(place => {
            const run = runs[place]
            return run ? (
              <li key={run.id} className={styles['chip']}>
                <RunSwatch run={run.id} />
                <Link to="/runs/$run" params={{ run: run.id }} className={styles['name']} title={`${run.name}, ${run.project.name}`}>
                  {run.name}
                </Link>
                <RunMarks run={{ ...run, deleted: run.deletedAt !== null }} />
                <button
                  type="button"
                  className={classNames(styles['act'], place === compared.baseline && styles['pinned'])}
                  aria-label={`Baseline: ${run.name}`}
                  aria-pressed={place === compared.baseline}
                  title={place === compared.baseline ? 'The others are compared with this run' : 'Compare the others with this run'}
                  onClick={() => view.change({ baseline: run.id })}
                >
                  <Pin />
                  {place === compared.baseline && 'baseline'}
                </button>
                <button type="button" className={styles['act']} aria-label={`Remove ${run.name}`} onClick={() => remove(run.asked)}>
                  <X />
                </button>
              </li>
            ) : null
          })}
        </ul>
        {runs.length > chipsAtFirst && (
          <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `and ${formatPlural(runs.length - chipsAtFirst, 'other', 'others')}`}
          </Button>
        )}
        <Popover
          label="Add runs"
          trigger={
            <Button>
              <Plus /> Add run
            </Button>
          }
        >
          <Suspense>
            <RunPicker view={view} compared={compared} />
          </Suspense>
        </Popover>
      </div>
      <span className={styles['tools']}>
        <GroupPicker view={view} compared={compared} />
      </span>
    </div>
  )
}
