import { bucketTexts, histogramCsv } from '#charts/prepare/histogram-csv.ts'
import type { Histogram } from '#contract/media.ts'
import { formatPlural, formatStep } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

import { fileName, saveFile } from './save-file.ts'

import styles from './chart-table.module.css'

interface HistogramTableProps {
  title: string
  histogram: Histogram
  onClose: () => void
}

/** The buckets of a histogram as a table, which can be saved. */
export function HistogramTable({ title, histogram, onClose }: HistogramTableProps) {
  const rows = bucketTexts(histogram)
  const save = (): void =>
    saveFile(fileName(`${title}-step-${histogram.step}`, 'csv'), new Blob([histogramCsv(histogram)], { type: 'text/csv' }))
  return (
    <Dialog
      open
      onOpenChange={open => open || onClose()}
      title={title}
      description={`Step ${formatStep(histogram.step)}, ${formatPlural(rows.length, 'bucket')}`}
      actions={
        <>
          <Button onClick={save}>Save as CSV</Button>
          <Button look="outline" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keys */}
      <section className={styles['scroll']} tabIndex={0} aria-label={`Buckets of ${title}`}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Count</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((text, column) => (
                  <td key={column}>{text}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Dialog>
  )
}
