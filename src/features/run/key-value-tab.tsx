import { useMemo } from 'react'

import { numberOfText } from '#contract/number-text.ts'
import type { KeyValue } from '#contract/run.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { textSearch } from '#lib/text-search.ts'
import { Button } from '#ui/button.tsx'
import { CopyIconButton } from '#ui/copy-button.tsx'
import type { ListColumn } from '#ui/list-table/list-column.ts'
import { ListTable } from '#ui/list-table/list-table.tsx'
import { LongText } from '#ui/long-text.tsx'

import { TabNote } from './tab-note.tsx'
import { TableBar } from './table-bar.tsx'
import { useTableSearch } from './use-table-search.ts'

import styles from './table-bar.module.css'

const columns: ListColumn<KeyValue>[] = [
  {
    id: 'key',
    title: 'Key',
    width: 220,
    grow: 1,
    sortValue: pair => pair.key,
    render: ({ key }) => <code className={styles['wrapped']}>{key}</code>,
  },
  {
    id: 'value',
    title: 'Value',
    width: 280,
    grow: 3,
    sortValue: pair => numberOfText(pair.value) ?? pair.value,
    render: ({ value }) =>
      value === '' ? (
        <span className={styles['quiet']}>empty</span>
      ) : (
        <code className={styles['value']}>
          <LongText text={value} lines={4} characters={320} tabIndex={-1} />
        </code>
      ),
  },
  {
    id: 'copy',
    title: 'Copy',
    titleHidden: true,
    width: 40,
    align: 'end',
    render: ({ key, value }) => <CopyIconButton label={`Copy value of ${key}`} text={value} tabIndex={-1} />,
  },
]

interface KeyValueTabProps {
  pairs: readonly KeyValue[]
  /** What one pair is: `param`. */
  name: string
  /** Sentence where there are none. */
  none: string
}

const rowKey = (pair: KeyValue): string => pair.key

/** Params or tags of a run as a table: values as logged, found by words of key or value. */
export function KeyValueTab({ pairs, name, none }: KeyValueTabProps) {
  const [search, setSearch] = useTableSearch()
  const { matches, error } = useMemo(() => textSearch(search), [search])
  const found = useMemo(() => pairs.filter(({ key, value }) => matches(`${key} ${value}`)), [pairs, matches])
  if (pairs.length === 0) return <TabNote>{none}</TabNote>
  const all = formatPlural(pairs.length, name)
  return (
    <div className={styles['tab']}>
      <TableBar
        label={`Find a ${name}`}
        search={search}
        onSearch={setSearch}
        error={error}
        count={found.length === pairs.length ? all : `${formatCount(found.length)} of ${all}`}
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
          <ListTable label={`${name}s`} columns={columns} rows={found} rowKey={rowKey} />
        </div>
      )}
    </div>
  )
}
