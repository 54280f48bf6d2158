import { classNames } from '#lib/class-names.ts'

import { isUnlike, valueAt, type CompareRow } from './compare-rows.ts'
import { deltaOf, type Delta } from './delta.ts'

import styles from './compare-grid.module.css'

interface FactCellProps {
  row: CompareRow
  run: number
  baseline: number
  onDiff: () => void
}

/** Longer texts, and those of several lines, are shown beside those of the baseline when they are pressed. */
const longText = 16

/** What one run has of a fact: on grey where that is unlike the baseline; of numbers how far it is from that. */
export function FactCell({ row, run, baseline, onDiff }: FactCellProps) {
  const value = valueAt(row, run)
  if (value === null) {
    const isLacking = run !== baseline && isUnlike(row, run, baseline)
    return <span className={classNames(styles['none'], isLacking && styles['unlike'])}>–</span>
  }
  if (row.kind === 'number') {
    const number = Number(value)
    const delta = run === baseline ? null : deltaOf(row, run, baseline)
    return (
      <span className={styles['numbers']} title={String(value)}>
        <span className={classNames(!Number.isFinite(number) && styles['notFinite'])}>{row.format(number)}</span>
        {delta ? <DeltaText delta={delta} /> : run !== baseline && row.hasDelta && <span className={styles['delta']} />}
      </span>
    )
  }
  const text = String(value)
  const look = classNames(styles['text'], run !== baseline && isUnlike(row, run, baseline) && styles['unlike'])
  if (text.length < longText && !text.includes('\n')) return <code className={look}>{text}</code>
  return (
    <button type="button" tabIndex={-1} className={look} title={text.slice(0, 1_000)} onClick={onDiff}>
      <code>{text.slice(0, 200)}</code>
    </button>
  )
}

/** Filled is better, hollow is worse; the direction is that of the number. */
function DeltaText({ delta: { text, verdict, up } }: { delta: Delta }) {
  return (
    <span className={styles['delta']} data-verdict={verdict ?? undefined}>
      {text !== 'same' && (
        <svg
          className={styles['arrow']}
          viewBox="0 0 10 10"
          role="img"
          aria-label={verdict ?? (up ? 'more' : 'less')}
          fill={verdict === 'better' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth={1.2}
          strokeLinejoin="round"
        >
          <path d={arrowPath(verdict !== null, up)} />
        </svg>
      )}
      {text}
    </span>
  )
}

function arrowPath(isTriangle: boolean, up: boolean): string {
  if (isTriangle) return up ? 'M5 1.5 9 8.5H1Z' : 'M5 8.5 9 1.5H1Z'
  return up ? 'M5 9V1.5M2 4.5 5 1.5 8 4.5' : 'M5 1V8.5M2 5.5 5 8.5 8 5.5'
}
