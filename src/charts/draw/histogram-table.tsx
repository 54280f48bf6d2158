import { bucketTexts, histogramCsv } from '#charts/prepare/histogram-csv.ts'
import type { Histogram } from '#contract/media.ts'
import { formatPlural, formatStep } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'

import { fileName, saveFile } from './save-file.ts'
import { TableDialog } from './table-dialog.tsx'

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
    <TableDialog
      title={title}
      description={`Step ${formatStep(histogram.step)}, ${formatPlural(rows.length, 'bucket')}`}
      label={`Buckets of ${title}`}
      heads={['From', 'To', 'Count']}
      rows={rows}
      actions={<Button onClick={save}>Save as CSV</Button>}
      onClose={onClose}
    />
  )
}
