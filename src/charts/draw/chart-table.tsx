import { useState } from 'react'

import { countRows, pointRows } from '#charts/prepare/chart-table.ts'
import type { LineInput } from '#charts/prepare/line-input.ts'
import { formatCount, formatPlural, formatStep } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'

import { TableDialog } from './table-dialog.tsx'

/** Rows at a time: more would make the page slow, and the CSV file has all. */
const pageRows = 200

interface ChartTableProps {
  title: string
  lines: readonly LineInput[]
  /** Key of the metric on the horizontal axis. */
  xKey?: string
  onClose: () => void
}

/** The drawn points of a chart as a table. */
export function ChartTable({ title, lines, xKey, onClose }: ChartTableProps) {
  const [from, setFrom] = useState(0)
  const total = countRows(lines)
  const rows = pointRows(lines, from, pageRows)
  const last = Math.min(total, from + pageRows)
  const description =
    total > pageRows ? `Points ${formatCount(from + 1)} to ${formatCount(last)} of ${formatCount(total)}` : formatPlural(total, 'point')
  return (
    <TableDialog
      title={title}
      description={description}
      label={`Points of ${title}`}
      heads={['Line', 'Step', 'Time', ...(xKey === undefined ? [] : [xKey]), 'Value']}
      rows={rows.map(({ line, step, time, x = '', value }) => [
        line,
        formatStep(step),
        time.replace('T', ' ').replace(/\.\d+Z$/, ''),
        ...(xKey === undefined ? [] : [x.replace(/^-/, '−')]),
        value.replace(/^-/, '−'),
      ])}
      named
      actions={
        total > pageRows && (
          <>
            <Button disabled={from === 0} onClick={() => setFrom(Math.max(0, from - pageRows))}>
              Before
            </Button>
            <Button disabled={last >= total} onClick={() => setFrom(from + pageRows)}>
              Next
            </Button>
          </>
        )
      }
      onClose={onClose}
    />
  )
}
