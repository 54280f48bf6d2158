import { useMemo, type ReactNode } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { textSearch } from '#lib/text-search.ts'
import { Button } from '#ui/button.tsx'
import type { ListColumn } from '#ui/list-table/list-column.ts'
import { ListTable } from '#ui/list-table/list-table.tsx'

import { columnSize, metricRow, padding, type ColumnSize, type MetricRow, type NumberText } from './metric-rows.ts'
import { nonFiniteText } from './non-finite-text.ts'
import { TabNote } from './tab-note.tsx'
import { TableBar } from './table-bar.tsx'
import { useTableSearch } from './use-table-search.ts'

import styles from './table-bar.module.css'

const rowKey = (row: MetricRow): string => row.metric.key

/** Width of a digit at 12 px, with a little room for wider characters. */
const digit = 7.5
/** Width of the decimal point, which is narrower than a digit. */
const pointWidth = '0.28em'
/** Width of a character of a key. */
const monoDigit = 6.8

/** All metrics of a run with their last, least, greatest and mean value. */
export function MetricsTab({ run }: { run: Pick<RunDetail, 'metrics'> }) {
  const [search, setSearch] = useTableSearch()
  const { matches, error } = useMemo(() => textSearch(search), [search])
  const rows = useMemo(() => run.metrics.map(metricRow), [run.metrics])
  const columns = useMemo(() => metricColumns(rows), [rows])
  const found = useMemo(() => rows.filter(row => matches(row.metric.key)), [rows, matches])
  if (rows.length === 0) return <TabNote>This run logged no metrics.</TabNote>
  const all = formatPlural(rows.length, 'metric')
  return (
    <div className={styles['tab']}>
      <TableBar
        label="Find a metric"
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
          No metric matches this search.
        </TabNote>
      ) : (
        <div className={styles['table']}>
          <ListTable label="Metrics" columns={columns} rows={found} rowKey={rowKey} />
        </div>
      )}
    </div>
  )
}

function metricColumns(rows: readonly MetricRow[]): ListColumn<MetricRow>[] {
  const points = Math.max(...rows.map(row => formatCount(row.metric.count).length))
  const longest = Math.max(...rows.map(row => row.metric.key.length))
  const strange = rows.map(row => nonFiniteText(row.metric))
  const columns: ListColumn<MetricRow>[] = [
    {
      id: 'key',
      title: 'Metric',
      note: 'as logged',
      width: Math.min(520, Math.max(200, Math.ceil(longest * monoDigit) + 24)),
      sortValue: row => row.metric.key,
      render: ({ metric: { key } }) => (
        <code className={styles['key']} title={key}>
          {key}
        </code>
      ),
    },
    numberColumn('last', 'Last', rows),
    numberColumn('min', 'Min', rows),
    numberColumn('max', 'Max', rows),
    numberColumn('mean', 'Mean', rows),
    {
      id: 'points',
      title: 'Points',
      note: 'logged',
      width: Math.max(64, points * digit + 24),
      align: 'end',
      descendingFirst: true,
      sortValue: row => row.metric.count,
      render: ({ metric: { count } }) => formatCount(count),
    },
  ]
  if (strange.some(text => text !== '')) {
    columns.push({
      id: 'strange',
      title: 'Not finite',
      note: 'points',
      width: Math.max(88, Math.max(...strange.map(text => text.length)) * digit + 24),
      align: 'end',
      descendingFirst: true,
      sortValue: ({ metric }) => metric.nan + metric.positiveInfinity + metric.negativeInfinity || null,
      render: ({ metric }) => <span className={styles['warn']}>{nonFiniteText(metric)}</span>,
    })
  }
  return columns
}

function numberColumn(id: 'last' | 'min' | 'max' | 'mean', title: string, rows: readonly MetricRow[]): ListColumn<MetricRow> {
  const size = columnSize(rows.map(row => row[id]))
  return {
    id,
    title,
    note: id === 'mean' ? 'finite values' : '@ step',
    width: Math.max(96, Math.ceil((size.characters + size.step) * digit + 32)),
    align: 'end',
    descendingFirst: true,
    sortValue: row => row[id].value,
    render: row => numberCell(row[id], size),
  }
}

function numberCell(number: NumberText, size: ColumnSize): ReactNode {
  const lack = padding(number, size.decimals)
  const looks = number.text === '–' ? styles['quiet'] : Number.isFinite(number.value) ? undefined : styles['warn']
  return (
    <>
      <span
        className={styles['number']}
        title={number.exact}
        style={{ paddingRight: `calc(${lack.digits}ch + ${lack.point ? pointWidth : '0px'})` }}
      >
        <span className={looks}>{number.text}</span>
      </span>
      {size.step > 0 && (
        <span className={styles['step']} style={{ width: `${size.step}ch` }}>
          {number.step}
        </span>
      )}
    </>
  )
}
