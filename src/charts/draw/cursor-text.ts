import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { tooltipRows } from '#charts/prepare/nearest-point.ts'
import { seamsAtCursor } from '#charts/prepare/seams.ts'

import { placeText, valueText } from './tooltip-content.tsx'

/** Lines that are read out before `and n more`. */
const spoken = 5

/** What stands at the cursor, in words. */
export function cursorText(model: ChartModel, x: number, step: number | null = null): string {
  const rows = tooltipRows(model, x, 'value', step)
  const values = rows.slice(0, spoken).map(({ line, value }) => `${line.label} ${valueText(value, model)}`)
  const rest = rows.length > spoken ? [`and ${rows.length - spoken} more`] : []
  const seams = seamsAtCursor(model, x).map(text => `; ${text}`)
  return `${placeText(model, x, step)}: ${[...values, ...rest].join(', ') || 'no values'}${seams.join('')}`
}

/** What the head of a chart says of the cursor: the value where one line is drawn or one picked out, else the place. */
export function headText(model: ChartModel, x: number, step: number | null = null): string {
  const rows = tooltipRows(model, x, 'value', step)
  const row = model.lines.length === 1 ? rows[0] : undefined
  if (row) return valueText(row.value, model)
  return rows.length === 0 ? '–' : placeText(model, x, step)
}
