import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { useState } from 'react'

import { aggregates, type Aggregate, type Operand } from '#contract/operand.ts'
import type { KeyEntry } from '#contract/runs-page.ts'
import { keyListQuery } from '#data/keys.ts'
import { defaultAggregate } from '#domain/default-aggregate.ts'
import { formatCount } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/checkbox.tsx'
import { Failed } from '#ui/states.tsx'
import { TextField } from '#ui/text-field.tsx'
import { useVisibleRange } from '#ui/use-visible-range.ts'

import { shownColumn, type ShownColumn } from './shown-columns.ts'
import { attributeTitle } from './table-columns.tsx'

import styles from './column-picker.module.css'

const kinds = [
  ['any', 'All'],
  ['metric', 'Metrics'],
  ['param', 'Params'],
  ['tag', 'Tags'],
  ['attribute', 'Fields'],
] as const
type Kind = (typeof kinds)[number][0]

const kindTitles: Record<KeyEntry['kind'], string> = { attribute: 'Fields', metric: 'Metrics', param: 'Params', tag: 'Tags' }
const rowHeight = 28

interface ColumnPickerProps {
  project: string
  columns: readonly ShownColumn[]
  defaults: readonly ShownColumn[] | null
  onColumns: (columns: readonly ShownColumn[] | null) => void
}

function operandOf({ kind, key }: KeyEntry, aggregate: Aggregate): Operand {
  if (kind === 'metric') return { kind, key, aggregate }
  return kind === 'attribute' ? ({ kind, key } as Operand) : { kind, key }
}

function shows(column: ShownColumn, entry: KeyEntry): boolean {
  return column.operand.kind === entry.kind && column.operand.key === entry.key
}

type Line = { heading: string } | { entry: KeyEntry } | null

/** Shows and hides columns; finds one among any number of keys, the search done by the server. */
export function ColumnPicker({ project, columns, defaults, onColumns }: ColumnPickerProps) {
  const [search, setSearch] = useState('')
  const [kind, setKind] = useState<Kind>('any')
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null)
  const list = useInfiniteQuery({ ...keyListQuery(project, search, kind), placeholderData: keepPreviousData })
  const entries = list.data?.pages.flatMap(page => page.keys) ?? []
  const total = list.data?.pages[0]?.total ?? 0
  const lines: Line[] = []
  for (const [index, entry] of entries.entries()) {
    if (entry.key === 'run_name' && entry.kind === 'attribute') continue
    if (entry.kind !== entries[index - 1]?.kind && kind === 'any') lines.push({ heading: kindTitles[entry.kind] })
    lines.push({ entry })
  }
  const unloaded = total - entries.length
  const range = useVisibleRange({
    scroller,
    count: lines.length + (unloaded > 0 ? 1 : 0),
    sizeOf: lineHeight,
    before: 0,
    overscan: 8,
    keep: -1,
  })
  if (range.last >= lines.length && unloaded > 0 && !list.isFetchingNextPage && list.hasNextPage)
    queueMicrotask(() => void list.fetchNextPage())

  function toggle(entry: KeyEntry, on: boolean): void {
    onColumns(
      on ? [...columns, shownColumn(operandOf(entry, defaultAggregate(entry.key)))] : columns.filter(column => !shows(column, entry)),
    )
  }
  function aggregate(column: ShownColumn, value: Aggregate): void {
    if (column.operand.kind !== 'metric') return
    const next = shownColumn({ ...column.operand, aggregate: value }, column.heat)
    onColumns(columns.filter(other => other.id !== next.id || other === column).map(other => (other === column ? next : other)))
  }

  return (
    <div className={styles['picker']}>
      <div className={styles['head']}>
        <TextField label="Find a column" placeholder="Find a column" icon={<Search />} value={search} onValueChange={setSearch} />
        <fieldset className={styles['kinds']} aria-label="Kind">
          {kinds.map(([value, text]) => (
            <Button
              key={value}
              size="small"
              aria-pressed={kind === value}
              className={kind === value ? styles['pressed'] : ''}
              onClick={() => setKind(value)}
            >
              {text}
            </Button>
          ))}
        </fieldset>
      </div>
      {list.error && <Failed what="The keys cannot be shown." error={list.error} />}
      <div ref={setScroller} className={styles['list']}>
        <div className={styles['content']} style={{ height: (lines.length + (unloaded > 0 ? 1 : 0)) * rowHeight }}>
          {range.indexes.map(index => {
            const line = lines[index] ?? null
            return (
              <div key={index} className={styles['line']} style={{ transform: `translateY(${index * rowHeight}px)` }}>
                {line !== null && 'heading' in line && <span className={styles['heading']}>{line.heading}</span>}
                {line !== null && 'entry' in line && (
                  <KeyLine
                    entry={line.entry}
                    column={columns.find(column => shows(column, line.entry))}
                    onToggle={toggle}
                    onAggregate={aggregate}
                  />
                )}
              </div>
            )
          })}
        </div>
        {list.data && entries.length === 0 && <p className={styles['none']}>No key has this name.</p>}
      </div>
      <div className={styles['foot']}>
        <span className={styles['count']}>
          {formatCount(columns.length)} shown{search === '' ? '' : `, ${formatCount(total)} found`}
        </span>
        {defaults && (
          <Button size="small" onClick={() => onColumns(null)}>
            Default columns
          </Button>
        )}
        <Button size="small" onClick={() => onColumns([])}>
          <X />
          Hide all
        </Button>
      </div>
    </div>
  )
}

function lineHeight(): number {
  return rowHeight
}

interface KeyLineProps {
  entry: KeyEntry
  column: ShownColumn | undefined
  onToggle: (entry: KeyEntry, on: boolean) => void
  onAggregate: (column: ShownColumn, value: Aggregate) => void
}

function KeyLine({ entry, column, onToggle, onAggregate }: KeyLineProps) {
  const name = entry.kind === 'attribute' ? attributeTitle(entry.key as Parameters<typeof attributeTitle>[0]) : entry.key
  return (
    <>
      <label className={styles['key']} title={name}>
        <Checkbox checked={column !== undefined} onCheckedChange={on => onToggle(entry, on)} />
        {entry.kind === 'attribute' ? <span className={styles['name']}>{name}</span> : <code className={styles['name']}>{name}</code>}
      </label>
      {column?.operand.kind === 'metric' ? (
        <select
          className={styles['aggregate']}
          aria-label={`Value of ${name} for each run`}
          value={column.operand.aggregate}
          onChange={event => onAggregate(column, event.target.value as Aggregate)}
        >
          {aggregates.map(value => (
            <option key={value}>{value}</option>
          ))}
        </select>
      ) : (
        entry.kind !== 'attribute' && <span className={styles['count']}>{formatCount(entry.runs)}</span>
      )}
    </>
  )
}
