import { useMemo, type ReactNode } from 'react'

import type { RunDetail } from '#contract/run.ts'
import { formatCount } from '#lib/format.ts'
import type { ListColumn } from '#ui/list-table/list-column.ts'

import { columnSize, metricRow, padding, type ColumnSize, type MetricRow, type NumberText } from './metric-rows.ts'
import { nonFiniteText } from './non-finite-text.ts'
import { SearchedTable } from './searched-table.tsx'

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
  const rows = useMemo(() => run.metrics.map(metricRow), [run.metrics])
  const columns = useMemo(() => metricColumns(rows), [rows])
  return (
    <SearchedTable
      name="metric"
      label="Metrics"
      none="This run logged no metrics."
      rows={rows}
      columns={columns}
      rowKey={rowKey}
      textOf={rowKey}
    />
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
