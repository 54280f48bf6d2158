import type { ReactNode } from 'react'

import type { ColumnSpec } from '#ui/table-features.ts'

/** One column of a table: its head in two lines, its width and how a row's cell looks. */
export interface DataColumn<Row> extends ColumnSpec {
  /** First line of the head. */
  title: string
  /** Second line of the head: what the values are. */
  note: string
  /** Name of the column for screen readers, where title and note do not say it. */
  label: string
  /** The title is a key that somebody typed. */
  mono: boolean
  align: 'start' | 'end'
  /** The cells hold what somebody typed, code or ids. */
  code: boolean
  /** What a cell says under the pointer, where that is more than it shows; empty for nothing. */
  titleOf?: (row: Row) => string
  /** Content of a cell. Called for each visible cell, so it makes plain elements without hooks. */
  render: (row: Row) => ReactNode
}
