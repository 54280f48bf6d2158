import { useNavigate } from '@tanstack/react-router'
import { Columns2, ExternalLink, Filter, X } from 'lucide-react'

import { mostCompared } from '#contract/comparison.ts'
import { maxPageRows } from '#contract/runs-page.ts'
import { call } from '#data/client.ts'
import { formatCount } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { CopyButton } from '#ui/copy-button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { useHotkeys } from '#ui/use-hotkeys.ts'

import { isSelected, noSelection, selectedCount, selectionFilter } from './selection.ts'
import type { RunsView } from './use-runs-view.ts'

import styles from './selection-bar.module.css'

/** What can be done with the selected runs; at the bottom of the table while there are any. */
export function SelectionBar({ view, total }: { view: RunsView; total: number }) {
  const navigate = useNavigate()
  const { selection } = view
  const count = selectedCount(selection, total)
  const [only] = selection.ids
  const canCompare = count > 1 && count <= mostCompared
  async function compare(): Promise<void> {
    if (!canCompare) return
    const ids = await selectedIds(view)
    await navigate({ to: '/compare', search: { runs: ids.join(',') } })
  }
  useHotkeys({ c: () => void compare() })
  if (count === 0) return null
  return (
    <div className={styles['bar']} role="toolbar" aria-label="Selected runs">
      <output className={styles['count']}>{formatCount(count)} selected</output>
      <span className={styles['line']} />
      {count === 1 && !selection.all && only !== undefined && (
        <Button look="filled" onClick={() => void navigate({ to: '/runs/$run', params: { run: only } })}>
          <ExternalLink />
          Open
        </Button>
      )}
      {count > 1 && (
        <Button
          look="filled"
          disabled={!canCompare}
          title={canCompare ? 'C' : `At most ${formatCount(mostCompared)} runs are compared at once`}
          onClick={() => void compare()}
        >
          <Columns2 />
          Compare
        </Button>
      )}
      <CopyButton text={async () => (await selectedIds(view)).join('\n')}>Copy ids</CopyButton>
      <CopyButton icon={<Filter />} text={() => selectionFilter(selection, view.filter)}>
        Copy as filter
      </CopyButton>
      <span className={styles['line']} />
      <IconButton label="Clear selection" shortcut="Esc" icon={<X />} onClick={() => view.setSelection(noSelection)} />
    </div>
  )
}

/** Ids of the selected runs; all that match are asked for by windows. */
async function selectedIds({ selection, project, filter, deleted }: RunsView): Promise<string[]> {
  if (!selection.all) return [...selection.ids]
  const ids: string[] = []
  let total = 1
  for (let offset = 0; offset < total; offset += maxPageRows) {
    // Each window must be known before the count tells whether another one follows.
    // oxlint-disable-next-line no-await-in-loop
    const page = await call('runsPage', { project, filter, deleted, offset, limit: maxPageRows })
    ;({ total } = page)
    ids.push(...page.rows.map(row => row.id))
  }
  return ids.filter(id => isSelected(selection, id))
}
