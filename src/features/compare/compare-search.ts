import { chartsSearch } from '#domain/charts-search.ts'
import { textParams } from '#lib/search-params.ts'

/**
 * What the address of a comparison holds: the id of each run, the baseline among them, whether rows that are the
 * same are shown, a regular expression over the rows, what the lines of charts are grouped by and with which band, the tab, the metrics
 * that have a chart, and of the relations their axes, those on a log scale, what is brushed, and the three of the scatter.
 */
export const compareSearch = textParams(
  'runs',
  'baseline',
  'same',
  'rows',
  'group',
  'band',
  'tab',
  'metrics',
  'axes',
  'log',
  'brush',
  'across',
  'up',
  'color',
  ...chartsSearch,
)
export type CompareSearch = ReturnType<typeof compareSearch>
