import type { ChartModel } from '#charts/prepare/chart-model.ts'
import { formatX } from '#charts/prepare/chart-summary.ts'
import { tooltipRowLimit, tooltipRows, type TooltipRow } from '#charts/prepare/nearest-point.ts'
import { seamsAtCursor } from '#charts/prepare/seams.ts'
import { classNames } from '#lib/class-names.ts'
import { formatCount, formatNumber, formatStep } from '#lib/format.ts'

import { LineSwatch } from './line-swatch.tsx'

import styles from './tooltip-content.module.css'

/** `Step 1,240`, `22 Nov 14:03`, `6 min 34 s`, `lr 0.0100, step 1,240`. */
export function placeText({ options, xFormat }: ChartModel, x: number, step: number | null = null): string {
  const text = formatX(x, options.x, xFormat)
  if (options.x === 'metric') return `${options.xKey ?? ''} ${text}${step === null ? '' : `, step ${formatStep(step)}`}`
  return options.x === 'step' ? `Step ${text}` : text
}

/** A value as the tooltip writes it, `−∞` and `+∞` as elsewhere in charts. */
export function valueText(value: number, { format }: ChartModel): string {
  if (value === Infinity) return '+∞'
  return value === -Infinity ? '−∞' : formatNumber(value, format)
}

export function ValueRow({ row, model, x, strong = false }: { row: TooltipRow; model: ChartModel; x: number; strong?: boolean }) {
  return (
    <>
      <span className={classNames(styles['name'], strong && styles['strong'])}>
        <LineSwatch line={row.line} />
        <span className={styles['label']}>{row.line.label}</span>
      </span>
      <span className={styles['place']}>{row.x === x ? '' : `@ ${formatX(row.x, model.options.x, model.xFormat)}`}</span>
      <span className={classNames(styles['value'], strong && styles['strong'], !Number.isFinite(row.value) && styles['warn'])}>
        {valueText(row.value, model)}
      </span>
    </>
  )
}

/** The lines at the cursor by value: the first twelve and the one under the pointer. */
export function TooltipContent({ model, x, step, hovered }: { model: ChartModel; x: number; step: number | null; hovered: string | null }) {
  const rows = tooltipRows(model, x, 'value', step)
  const first = rows.slice(0, tooltipRowLimit)
  const under = rows.find(row => row.line.id === hovered)
  const shown = under && !first.includes(under) ? [...first.slice(0, -1), under] : first
  return (
    <>
      <div className={styles['head']}>{placeText(model, x, step)}</div>
      <div className={styles['rows']}>
        {shown.map(row => (
          <ValueRow key={row.line.id} row={row} model={model} x={x} strong={row.line.id === hovered && rows.length > 1} />
        ))}
      </div>
      {seamsAtCursor(model, x).map(text => (
        <div key={text} className={styles['more']}>
          {text}
        </div>
      ))}
      {rows.length === 0 && <div className={styles['more']}>No values here</div>}
      {rows.length > shown.length && <div className={styles['more']}>and {formatCount(rows.length - shown.length)} more</div>}
    </>
  )
}
