import { ArrowDownUp, ChartLine, Columns3, Plus, Rows2, Rows3, Trash2 } from 'lucide-react'
import { lazy, Suspense, type ReactElement } from 'react'

import { isFilterError } from '#contract/filter/error.ts'
import { parseOperand } from '#contract/operand-text.ts'
import { formatCount } from '#lib/format.ts'
import { Button, type ButtonProps } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { MenuChoice } from '#ui/menu-choice.tsx'
import { Menu } from '#ui/menu.tsx'
import { Popover } from '#ui/popover.tsx'
import { setPreferences, usePreferences } from '#ui/preferences.ts'

import type { FilterChip } from './filter-chips.ts'
import type { ShownColumn } from './shown-columns.ts'
import { attributeTitle } from './table-columns.tsx'
import type { ChartsPaneState } from './use-charts-pane.ts'
import type { Deleted, RunsView, SortPart } from './use-runs-view.ts'

import styles from './toolbar.module.css'

const AppliedChips = lazy(async () => ({ default: (await import('./applied-chips.tsx')).AppliedChips }))
const ColumnPicker = lazy(async () => ({ default: (await import('./column-picker.tsx')).ColumnPicker }))
const SortEditor = lazy(async () => ({ default: (await import('./sort-editor.tsx')).SortEditor }))

interface FilterChipsProps {
  view: RunsView
  onAdd: () => void
  onEdit: (chip: FilterChip) => void
}

/** The applied filter in words, each part removable. */
export function FilterChips({ view, onAdd, onEdit }: FilterChipsProps) {
  return (
    <div className={styles['chips']}>
      {view.filter !== '' && (
        <Suspense>
          <AppliedChips view={view} onEdit={onEdit} />
        </Suspense>
      )}
      <Button onClick={onAdd}>
        <Plus />
        Filter
      </Button>
    </div>
  )
}

interface TableToolsProps {
  view: RunsView
  columns: readonly ShownColumn[] | null
  defaults: readonly ShownColumn[] | null
  onColumns: (columns: readonly ShownColumn[] | null, sort?: RunsView['sort']) => void
  /** Columns that there could be; null until known. */
  keyCount: number | null
  deletedCount: number
  charts: Pick<ChartsPaneState, 'open' | 'setOpen'>
}

/** What shapes the table beside the filter: which runs, their order, the columns and the height of rows. */
export function TableTools({ view, columns, defaults, onColumns, keyCount, deletedCount, charts }: TableToolsProps) {
  const density = usePreferences(preferences => preferences.density)
  return (
    <div className={styles['tools']} role="toolbar" aria-label="Table">
      {(deletedCount > 0 || view.deleted !== 'exclude') && <DeletedMenu view={view} count={deletedCount} />}
      <Popover
        align="end"
        label="Sort"
        trigger={
          <ToolButton
            icon={<ArrowDownUp />}
            label="Sort"
            value={view.sort.length === 0 ? 'newest first' : view.sort.map(sortName).join(', ')}
          />
        }
      >
        <SortEditor view={view} columns={columns ?? []} />
      </Popover>
      <Popover
        align="end"
        label="Columns"
        trigger={
          <ToolButton
            icon={<Columns3 />}
            label="Columns"
            value={
              columns === null
                ? ''
                : `${formatCount(columns.length)}${keyCount === null ? '' : ` of ${formatCount(Math.max(keyCount, columns.length))}`}`
            }
          />
        }
      >
        {columns && <ColumnPicker project={view.project} columns={columns} defaults={defaults} onColumns={onColumns} />}
      </Popover>
      <IconButton
        label={density === 'compact' ? 'Taller rows' : 'Compact rows'}
        icon={density === 'compact' ? <Rows3 /> : <Rows2 />}
        onClick={() => setPreferences({ density: density === 'compact' ? 'regular' : 'compact' })}
      />
      {!charts.open && <IconButton label="Show charts" icon={<ChartLine />} onClick={() => charts.setOpen(true)} />}
    </div>
  )
}

/** Key of a sort with its direction as an arrow. */
function sortName({ id, desc }: SortPart): string {
  const operand = parseOperand(id)
  const name = isFilterError(operand) ? id : operand.kind === 'attribute' ? attributeTitle(operand.key) : operand.key
  return `${name} ${desc ? '↓' : '↑'}`
}

interface ToolButtonProps extends ButtonProps {
  icon: ReactElement
  label: string
  value: string
}

function ToolButton({ icon, label, value, ...props }: ToolButtonProps) {
  return (
    <Button {...props}>
      {icon}
      <span className={styles['label']}>{label}</span>
      <span className={styles['value']}>{value}</span>
    </Button>
  )
}

const deletedOptions = [
  { value: 'exclude', text: 'Hide deleted runs', short: 'hidden' },
  { value: 'include', text: 'Show deleted runs too', short: 'shown' },
  { value: 'only', text: 'Only deleted runs', short: 'only' },
] as const satisfies { value: Deleted; text: string; short: string }[]

function DeletedMenu({ view, count }: { view: RunsView; count: number }) {
  const current = deletedOptions.find(option => option.value === view.deleted) ?? deletedOptions[0]
  return (
    <Menu
      align="end"
      label="Deleted runs"
      trigger={<ToolButton icon={<Trash2 />} label="Deleted" value={`${formatCount(count)} ${current.short}`} />}
    >
      <MenuChoice value={view.deleted} options={deletedOptions} onChange={view.setDeleted} />
    </Menu>
  )
}
