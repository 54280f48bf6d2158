import type { ReactNode } from 'react'

import type { SortValue } from './list-order.ts'

export interface ListColumn<Row> {
  id: string
  title: string
  /** The title is read out and not shown. */
  titleHidden?: boolean
  /** Second line of the head. */
  note?: string
  /** Least width in px. */
  width: number
  /** Share of the width that is left over; none by default. */
  grow?: number
  align?: 'start' | 'end'
  /** The title is a key that somebody typed. */
  mono?: boolean
  /** What the rows are sorted by; a column without it cannot sort. */
  sortValue?: (row: Row) => SortValue
  descendingFirst?: boolean
  /** Content of a cell. Enter presses its first button or link, which stay out of the tab order. */
  render: (row: Row) => ReactNode
}
