import { useMemo } from 'react'

import { formatCount, formatPlural } from '#lib/format.ts'
import { textSearch } from '#lib/text-search.ts'
import { Button } from '#ui/button.tsx'
import type { ListColumn } from '#ui/list-table/list-column.ts'
import { ListTable } from '#ui/list-table/list-table.tsx'

import { TabNote } from './tab-note.tsx'
import { TableBar } from './table-bar.tsx'
import { useTableSearch } from './use-table-search.ts'

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
  const [search, setSearch] = useTableSearch()
  const { matches, error } = useMemo(() => textSearch(search), [search])
  const found = useMemo(() => rows.filter(row => matches(textOf(row))), [rows, matches, textOf])
  if (rows.length === 0) return <TabNote>{none}</TabNote>
  const all = formatPlural(rows.length, name)
  return (
    <div className={styles['tab']}>
      <TableBar
        label={`Find a ${name}`}
        search={search}
        onSearch={setSearch}
        error={error}
        count={found.length === rows.length ? all : `${formatCount(found.length)} of ${all}`}
      />
      {found.length === 0 ? (
        <TabNote
          action={
            <Button look="outline" onClick={() => setSearch('')}>
              Clear search
            </Button>
          }
        >
          No {name} matches this search.
        </TabNote>
      ) : (
        <div className={styles['table']}>
          <ListTable label={label} columns={columns} rows={found} rowKey={rowKey} />
        </div>
      )}
    </div>
  )
}
