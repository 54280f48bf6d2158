import type { CSSProperties, ReactNode } from 'react'

import { fromFloat64, type Float64 } from '#contract/int64.ts'
import type { RunStatus } from '#contract/run.ts'
import { RunMarks, StatusMark } from '#domain/run-status.tsx'
import { RunSwatch } from '#domain/run-swatch.tsx'
import { formatDuration, formatTime, isThisYear } from '#lib/format-time.ts'
import { countFormat, formatNumber, formatStep } from '#lib/format.ts'

import { cellStep, cellValue, type CellValue, type ColumnInfo, type RunTableRow } from './run-rows.ts'
import type { ShownColumn } from './shown-columns.ts'

import styles from './cells.module.css'

const missing = <span className={styles['missing']}>–</span>
const pending = <span className={styles['pending']} />
const heatSteps = 6

/** Path of a run's page. */
export function runPath(id: string): string {
  return `/runs/${encodeURIComponent(id)}`
}

/** The name cell: colour, name as a link, and what is unusual about the run at the right end. */
export function renderName({ run }: RunTableRow): ReactNode {
  return (
    <>
      <RunSwatch run={run.id} />
      <a className={styles['name']} href={runPath(run.id)} tabIndex={-1}>
        {nameParts(run.name)}
      </a>
      <RunMarks run={run} />
    </>
  )
}

/** A name that is a path is cut in the folders, since names of one table differ at their ends. */
function nameParts(name: string): ReactNode {
  const slash = name.lastIndexOf('/', name.length - 2)
  if (slash < 1) return name
  return (
    <>
      <span className={styles['folders']}>{name.slice(0, slash)}</span>
      <span className={styles['leaf']}>{name.slice(slash)}</span>
    </>
  )
}

/** The value of a metric as it was logged, which its cell may round; empty where the run has none. */
export function metricTitle({ id, operand }: ShownColumn): ((row: RunTableRow) => string) | undefined {
  if (operand.kind !== 'metric') return undefined
  return row => {
    const value = cellValue(row, id)
    return value === null || value === undefined ? '' : String(fromFloat64(value as Float64))
  }
}

/** How the cells of a column are drawn: decided once for all of them, so that a column reads downwards. */
export function cellRenderer(shown: ShownColumn, info: ColumnInfo | undefined): (row: RunTableRow) => ReactNode {
  if (!info) return row => (cellValue(row, shown.id) === null ? missing : pending)
  const draw = valueRenderer(shown, info)
  const none = shown.operand.kind === 'metric' ? missingMetric(info) : missing
  return row => {
    const value = cellValue(row, shown.id)
    if (value === undefined) return pending
    return value === null ? none : draw(value, row)
  }
}

function valueRenderer(shown: ShownColumn, info: ColumnInfo): (value: CellValue, row: RunTableRow) => ReactNode {
  const { operand } = shown
  if (operand.kind === 'metric') return metricRenderer(shown, info)
  if (operand.kind === 'attribute') {
    switch (info.type) {
      case 'time':
        return timeRenderer(info)
      case 'duration':
        return value => formatDuration(Number(value))
      case 'number':
        return value => formatNumber(Number(value), countFormat)
      case 'status':
        return value => <StatusMark status={String(value) as RunStatus} />
      case 'text':
        return textCell
    }
  }
  return textCell
}

/** From this length on a text may be cut, so that a tooltip holds all of it. */
const longText = 12

function textCell(value: CellValue): ReactNode {
  const text = String(value)
  return text.length < longText ? text : <span title={text}>{text}</span>
}

function timeRenderer({ range }: ColumnInfo): (value: CellValue) => ReactNode {
  const year = range !== undefined && !(isThisYear(range.min) && isThisYear(range.max))
  return value => formatTime(Number(value), year)
}

function metricRenderer({ id, heat, operand }: ShownColumn, info: ColumnInfo): (value: CellValue, row: RunTableRow) => ReactNode {
  const format = operand.kind === 'metric' && operand.aggregate === 'count' ? countFormat : info.format
  const level = heat ? heatScale(info.range) : () => 0
  const classes = Array.from({ length: heatSteps + 1 }, (_, step) => `${styles['value']} ${step > 0 ? styles[`heat${step}`] : ''}`)
  const stepStyle = stepWidth(info)
  return (value, row) => {
    const number = fromFloat64(value as Float64)
    const step = info.stepLength > 0 ? cellStep(row, id) : null
    return (
      <>
        <span className={Number.isFinite(number) ? classes[level(number)] : styles['special']}>{formatNumber(number, format)}</span>
        {info.stepLength > 0 && (
          <span className={styles['step']} style={stepStyle}>
            {step === null ? '' : `@ ${formatStep(step)}`}
          </span>
        )}
      </>
    )
  }
}

function stepWidth({ stepLength }: ColumnInfo): CSSProperties {
  return { minWidth: `${stepLength + 2}ch` }
}

/** A missing value under the values, with the room of the steps kept free. */
function missingMetric(info: ColumnInfo): ReactNode {
  return (
    <>
      <span className={`${styles['value']} ${styles['missing']}`}>–</span>
      {info.stepLength > 0 && <span className={styles['step']} style={stepWidth(info)} />}
    </>
  )
}

/** Step of shade, 1 to 6, by where a value lies between the 2nd and 98th percentile; 0 where all values are alike. */
export function heatScale(range: ColumnInfo['range']): (value: number) => number {
  if (!range || !(range.p98 > range.p2)) return () => 0
  const { p2, p98 } = range
  return value => 1 + Math.max(0, Math.min(heatSteps - 1, Math.floor(((value - p2) / (p98 - p2)) * heatSteps)))
}
