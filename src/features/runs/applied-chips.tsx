import { Chip } from '#ui/chip.tsx'

import { filterChips, type FilterChip } from './filter-chips.ts'
import type { RunsView } from './use-runs-view.ts'

import styles from './toolbar.module.css'

/** The parts of the applied filter in words. Loaded with the first filter, since most visits begin without one. */
export function AppliedChips({ view, onEdit }: { view: RunsView; onEdit: (chip: FilterChip) => void }) {
  return (
    <>
      {filterChips(view.filter).map((chip, index) => (
        // Two conditions may say the same; their place tells them apart.
        // oxlint-disable-next-line react/no-array-index-key
        <Chip
          key={`${index} ${chip.label} ${chip.words} ${chip.value}`}
          label={`filter ${chip.label}`}
          onRemove={() => view.setFilter(chip.without)}
        >
          <button
            type="button"
            className={styles['chip']}
            onClick={() => onEdit(chip)}
            title={`${chip.label} ${chip.words} ${chip.value}`.trim()}
          >
            {chip.mono ? <code>{chip.label}</code> : chip.label} {chip.words} <strong>{chip.value}</strong>
          </button>
        </Chip>
      ))}
    </>
  )
}
