import { ArrowDown, ArrowLeft, ArrowRight, ArrowUp, EyeOff, Minus, MoveHorizontal, Plus, X } from 'lucide-react'

import { aggregates } from '#contract/operand.ts'
import type { ColumnMenuProps } from '#ui/data-table/data-table.tsx'
import type { DataGrid } from '#ui/data-table/use-data-grid.ts'
import { MenuChoice, MenuItem, MenuLine, MenuPopup, MenuToggle } from '#ui/menu-popup.tsx'

import { resetColumnWidth, setColumnWidths, useColumnWidths } from './column-widths.ts'
import type { RunTableRow } from './run-rows.ts'
import { shownColumn, type ShownColumn } from './shown-columns.ts'
import { nameColumn } from './table-columns.tsx'
import type { RunsView } from './use-runs-view.ts'

const widthStep = 24

interface RunsColumnMenuProps extends ColumnMenuProps {
  columns: readonly ShownColumn[]
  onColumns: (columns: readonly ShownColumn[], sort?: RunsView['sort']) => void
  view: RunsView
  placed: DataGrid<RunTableRow>
}

/** All that can be done to a column, also what the pointer does by dragging. */
export function ColumnMenu({ id, anchor, onClose, columns, onColumns, view, placed }: RunsColumnMenuProps) {
  const { sort } = view
  const { widths } = useColumnWidths()
  const index = columns.findIndex(column => column.id === id)
  const column = columns[index]
  const sorted = sort.find(entry => entry.id === id)
  const size = (id === nameColumn ? placed.pinned : placed.columns.find(place => place.column.id === id))?.size ?? 0

  const sortBy = (desc: boolean, add: boolean) => view.setSort([...(add ? sort.filter(entry => entry.id !== id) : []), { id, desc }])
  const move = (to: number): void => {
    const rest = columns.filter(other => other.id !== id)
    if (column) onColumns([...rest.slice(0, to), column, ...rest.slice(to)])
  }
  const replace = (next: ShownColumn): void =>
    onColumns(
      columns.filter(other => other.id !== next.id || other === column).map(other => (other === column ? next : other)),
      sort.map(entry => (entry.id === id ? { ...entry, id: next.id } : entry)),
    )

  return (
    <MenuPopup anchor={anchor} onClose={onClose} finalFocus={() => anchor.closest<HTMLElement>('[role="columnheader"]')} label="Column">
      <MenuItem icon={<ArrowUp />} onSelect={() => sortBy(false, false)}>
        Sort ascending
      </MenuItem>
      <MenuItem icon={<ArrowDown />} onSelect={() => sortBy(true, false)}>
        Sort descending
      </MenuItem>
      {sort.length > 0 && !sorted && (
        <MenuItem icon={<Plus />} shortcut="⇧ click" onSelect={() => sortBy(false, true)}>
          Sort by this as well
        </MenuItem>
      )}
      {sorted && (
        <MenuItem icon={<X />} onSelect={() => view.setSort(sort.filter(entry => entry.id !== id))}>
          Do not sort by this
        </MenuItem>
      )}
      <MenuLine />
      {column?.operand.kind === 'metric' && (
        <>
          <MenuChoice
            label="Value of each run"
            value={column.operand.aggregate}
            options={aggregates.map(value => ({ value, text: value }))}
            onChange={aggregate => column.operand.kind === 'metric' && replace(shownColumn({ ...column.operand, aggregate }, column.heat))}
          />
          <MenuLine />
          <MenuToggle checked={column.heat} onChange={heat => replace({ ...column, heat })}>
            Shade by value
          </MenuToggle>
          <MenuLine />
        </>
      )}
      {column && (
        <>
          <MenuItem icon={<ArrowLeft />} disabled={index === 0} onSelect={() => move(index - 1)}>
            Move left
          </MenuItem>
          <MenuItem icon={<ArrowRight />} disabled={index === columns.length - 1} onSelect={() => move(index + 1)}>
            Move right
          </MenuItem>
        </>
      )}
      <MenuItem icon={<Plus />} onSelect={() => setColumnWidths({ ...widths, [id]: size + widthStep })}>
        Wider
      </MenuItem>
      <MenuItem icon={<Minus />} onSelect={() => setColumnWidths({ ...widths, [id]: size - widthStep })}>
        Narrower
      </MenuItem>
      {widths[id] !== undefined && (
        <MenuItem icon={<MoveHorizontal />} onSelect={() => resetColumnWidth(id)}>
          Width of its content
        </MenuItem>
      )}
      {column && (
        <>
          <MenuLine />
          <MenuItem icon={<EyeOff />} onSelect={() => onColumns(columns.filter(other => other !== column))}>
            Hide column
          </MenuItem>
        </>
      )}
    </MenuPopup>
  )
}
