import { Search } from 'lucide-react'
import { lazy, Suspense, useId, useMemo, useState, type ReactNode } from 'react'

import { formatCount, formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Empty } from '#ui/states.tsx'
import { TextField } from '#ui/text-field.tsx'

import { CompareGrid } from './compare-grid.tsx'
import type { CompareRow } from './compare-rows.ts'
import type { Compared } from './compared.ts'
import { PanelHead } from './panel-head.tsx'
import { findRows, withSections } from './row-filter.ts'
import type { CompareView } from './use-compare-view.ts'

import styles from './facts-panel.module.css'

const TextDiffDialog = lazy(async () => ({ default: (await import('./text-diff-dialog.tsx')).TextDiffDialog }))

interface FactsPanelProps {
  view: CompareView
  compared: Compared
  rows: readonly CompareRow[]
  /** What else can be done with the rows, at the right of the head. */
  tools?: ReactNode
}

/** Params and fields of the runs side by side: what differs, or all of it. */
export function FactsPanel({ view, compared, rows, tools }: FactsPanelProps) {
  const { same, pattern, change } = view
  const only = useId()
  const found = useMemo(() => findRows(rows, { same, pattern }), [rows, same, pattern])
  const items = useMemo(() => withSections(found.rows), [found.rows])
  const [diff, setDiff] = useState<{ row: CompareRow; run: number } | null>(null)
  const { runs } = compared.comparison
  const onDiff = useMemo(
    () => (at: number, run: number) => {
      const item = items[at]
      if (item?.kind === 'row') setDiff({ row: item.row, run })
    },
    [items],
  )
  return (
    <section className={styles['panel']} aria-label="Params and fields">
      <PanelHead
        title="Params and fields"
        count={
          runs.length === 1
            ? formatPlural(found.total, 'row')
            : `${formatCount(found.differing)} of ${formatPlural(found.total, 'row')} differ`
        }
        ruled
      >
        {tools}
        <label className={styles['switch']} htmlFor={only}>
          <Checkbox id={only} checked={!same} onCheckedChange={on => change({ same: on ? '' : '1' })} />
          Only differences
        </label>
        <TextField
          label="Rows that match a regular expression"
          placeholder="Rows (regex)"
          icon={<Search />}
          className={styles['field']}
          value={pattern}
          aria-invalid={found.error !== null}
          onValueChange={text => change({ rows: text }, true)}
        />
      </PanelHead>
      {found.error !== null && (
        <p className={styles['error']} role="alert">
          {found.error}
        </p>
      )}
      {items.length > 0 ? (
        <CompareGrid compared={compared} items={items} onDiff={onDiff} />
      ) : (
        <Nothing view={view} compared={compared} total={found.total} />
      )}
      {diff && (
        <Suspense>
          <TextDiffDialog compared={compared} row={diff.row} run={diff.run} onClose={() => setDiff(null)} />
        </Suspense>
      )}
    </section>
  )
}

function Nothing({ view: { pattern, change }, compared, total }: { view: CompareView; compared: Compared; total: number }) {
  if (pattern !== '') {
    return <Empty action={<Button onClick={() => change({ rows: '' })}>Clear expression</Button>}>No row has this in its name.</Empty>
  }
  const { length } = compared.comparison.runs
  return (
    <Empty action={<Button onClick={() => change({ same: '1' })}>Show all {formatPlural(total, 'row')}</Button>}>
      {length === 1 ? 'One run differs from none: add another one.' : 'These runs are the same in all that was logged.'}
    </Empty>
  )
}
