import { numberOfText } from '#contract/number-text.ts'
import type { KeyValue } from '#contract/run.ts'
import { CopyIconButton } from '#ui/copy-button.tsx'
import type { ListColumn } from '#ui/list-table/list-column.ts'
import { LongText } from '#ui/long-text.tsx'

import { SearchedTable } from './searched-table.tsx'

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

const pairText = ({ key, value }: KeyValue): string => `${key} ${value}`

/** Params or tags of a run as a table: values as logged, found by words of key or value. */
export function KeyValueTab({ pairs, name, none }: KeyValueTabProps) {
  return <SearchedTable name={name} label={`${name}s`} none={none} rows={pairs} columns={columns} rowKey={rowKey} textOf={pairText} />
}
