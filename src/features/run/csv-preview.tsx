import { useMemo } from 'react'

import { csvDelimiter, parseCsv } from '#lib/csv.ts'
import { formatCount, formatPlural } from '#lib/format.ts'
import { ListTable } from '#ui/list-table/list-table.tsx'
import { Empty } from '#ui/states.tsx'

import { csvColumns, mostColumns, type CsvRow } from './csv-columns.tsx'

import styles from './artifacts.module.css'

const mostRows = 1_000

interface CsvPreviewProps {
  name: string
  text: string
  /** `First 1.0 MB of 14 MB`, empty where the text is whole. */
  cut: string
}

const rowKey = (row: CsvRow): string => String(row.index)

/** A CSV or TSV file as a table: its first line the head, the next 1,000 the rows, values as written. */
export function CsvPreview({ name, text, cut }: CsvPreviewProps) {
  const { columns, rows, notice } = useMemo(() => {
    const table = parseCsv(text, csvDelimiter(name, text), mostRows + 1)
    const [head = [], ...body] = table.rows
    const rows = body.map((fields, index): CsvRow => ({ index, fields }))
    const width = Math.max(head.length, ...body.map(fields => fields.length))
    return { columns: csvColumns(head, rows, width), rows, notice: noticeOf(rows.length, table.total - 1, width, cut) }
  }, [name, text, cut])
  if (rows.length === 0 && columns.length === 0) return <Empty>This file has no rows.</Empty>
  return (
    <>
      <p className={styles['notice']}>{notice}</p>
      <div className={styles['table']}>
        <ListTable label={name} columns={columns} rows={rows} rowKey={rowKey} />
      </div>
    </>
  )
}

function noticeOf(shown: number, total: number, width: number, cut: string): string {
  const rows =
    shown < total || cut !== ''
      ? `First ${formatCount(shown)}${cut === '' ? ` of ${formatCount(total)}` : ''} rows`
      : formatPlural(shown, 'row')
  const columns = width > mostColumns ? `first ${formatCount(mostColumns)} of ${formatCount(width)} columns` : formatPlural(width, 'column')
  return [rows, columns, cut].filter(Boolean).join(', ')
}
