import type { TooltipRow } from './nearest-point.ts'

/** A text as a cell of a table that is pasted into a spreadsheet: without tabs and line breaks, and not run as a formula. */
function cell(text: string): string {
  const flat = text.replaceAll(/[\t\r\n]+/g, ' ')
  return /^[=+\-@]/.test(flat) ? `'${flat}` : flat
}

/** Rows of a tooltip as tab-separated text with a head; a column for the metric `xKey` on the horizontal axis, and for each param that any of the lines has. */
export function tooltipTsv(title: string, rows: readonly TooltipRow[], xKey?: string): string {
  const keys = [...new Set(rows.flatMap(row => (row.line.params ?? []).map(([key]) => key)))]
  const head = ['line', 'step', ...(xKey === undefined ? [] : [xKey]), title, ...keys].map(cell)
  const body = rows.map(({ line, step, x, value }) => {
    const params = new Map(line.params)
    return [
      cell(line.label),
      String(step),
      ...(xKey === undefined ? [] : [String(x)]),
      String(value),
      ...keys.map(key => paramCell(params.get(key))),
    ]
  })
  return [head, ...body].map(cells => cells.join('\t')).join('\n')
}

/** A param that is a number stays one. */
function paramCell(value: string | undefined): string {
  if (value === undefined) return ''
  return value.trim() !== '' && Number.isFinite(Number(value)) ? value.trim() : cell(value)
}
