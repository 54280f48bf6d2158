import { useMemo } from 'react'

import type { ListColumn } from '#ui/list-table/list-column.ts'
import { ListTable } from '#ui/list-table/list-table.tsx'

import { SearchedTab } from './searched-tab.tsx'
import { TabNote } from './tab-note.tsx'
import { useSearch } from './use-search.ts'

import styles from './table-bar.module.css'

interface SearchedTableProps<Row> {
  /** What one row is: `param`. */
  name: string
  /** Name of the table for screen readers. */
  label: string
  /** Sentence where there are no rows at all. */
  none: string
  rows: readonly Row[]
  columns: readonly ListColumn<Row>[]
  rowKey: (row: Row) => string
  /** What the search looks at in a row. The same function each time, else it is searched anew. */
  textOf: (row: Row) => string
}

/** A tab that is one table: its rows found by words or an expression, with the count of what was found. */
export function SearchedTable<Row>({ name, label, none, rows, columns, rowKey, textOf }: SearchedTableProps<Row>) {
  const search = useSearch()
  const { matches } = search
  const found = useMemo(() => rows.filter(row => matches(textOf(row))), [rows, matches, textOf])
  if (rows.length === 0) return <TabNote>{none}</TabNote>
  return (
    <SearchedTab name={name} search={search} found={found.length} total={rows.length}>
      <div className={styles['table']}>
        <ListTable label={label} columns={columns} rows={found} rowKey={rowKey} />
      </div>
    </SearchedTab>
  )
}
