import { numberOfText } from '#contract/number-text.ts'
import { classNames } from '#lib/class-names.ts'
import type { ListColumn } from '#ui/list-table/list-column.ts'

import styles from './artifacts.module.css'

export interface CsvRow {
  index: number
  fields: readonly string[]
}

/** Columns that are drawn: each of them costs a cell in every row. */
export const mostColumns = 200
const widest = 60
const digit = 7.1

/** Columns of a delimited file: as wide as their values, numbers at the right where nearly all values are numbers. */
export function csvColumns(head: readonly string[], rows: readonly CsvRow[], width: number): ListColumn<CsvRow>[] {
  return Array.from({ length: Math.min(width, mostColumns) }, (_, index) => {
    const title = head[index] ?? ''
    const values = rows.map(row => row.fields[index] ?? '')
    const isNumeric = columnIsNumeric(values)
    const characters = Math.min(widest, Math.max(4, title.length, ...values.map(value => value.length)))
    return {
      id: String(index),
      title: title === '' ? `${index + 1}` : title,
      width: Math.ceil(characters * digit + 28),
      mono: true,
      align: isNumeric ? 'end' : 'start',
      descendingFirst: isNumeric,
      sortValue: ({ fields }) =>
        fields[index] === undefined || fields[index] === '' ? null : (numberOfText(fields[index]) ?? fields[index]),
      render: ({ fields }) => cell(fields[index], isNumeric),
    }
  })
}

function columnIsNumeric(values: readonly string[]): boolean {
  const filled = values.filter(value => value !== '')
  const numbers = filled.filter(value => numberOfText(value) !== undefined || /^[-+]?(nan|inf(inity)?)$/i.test(value))
  return filled.length > 0 && numbers.length >= filled.length * 0.9
}

function cell(value: string | undefined, isNumeric: boolean) {
  if (value === undefined || value === '') return null
  return (
    <span
      className={classNames(styles['field'], isNumeric && styles['digits'])}
      title={value.length > widest ? value.slice(0, 2_000) : undefined}
    >
      {value.length > widest ? value.slice(0, 500) : value}
    </span>
  )
}
