import { useState } from 'react'

import { countRows, pointRows } from '#charts/prepare/chart-table.ts'
import type { LineInput } from '#charts/prepare/line-input.ts'
import { classNames } from '#lib/class-names.ts'
import { formatCount, formatPlural, formatStep } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

import styles from './chart-table.module.css'

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
    <Dialog
      open
      onOpenChange={open => open || onClose()}
      title={title}
      description={description}
      actions={
        <>
          {total > pageRows && (
            <>
              <Button disabled={from === 0} onClick={() => setFrom(Math.max(0, from - pageRows))}>
                Before
              </Button>
              <Button disabled={last >= total} onClick={() => setFrom(from + pageRows)}>
                Next
              </Button>
            </>
          )}
          <Button look="outline" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className={styles['scroll']} tabIndex={0} aria-label={`Points of ${title}`}>
        <table className={classNames(styles['table'], styles['named'])}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Step</th>
              <th scope="col">Time</th>
              {xKey !== undefined && <th scope="col">{xKey}</th>}
              <th scope="col">Value</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={from + index}>
                <td>{row.line}</td>
                <td>{formatStep(row.step)}</td>
                <td>{row.time.replace('T', ' ').replace(/\.\d+Z$/, '')}</td>
                {xKey !== undefined && <td>{(row.x ?? '').replace(/^-/, '−')}</td>}
                <td>{row.value.replace(/^-/, '−')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Dialog>
  )
}
