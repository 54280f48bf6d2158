/* oxlint-disable jsx-a11y/prefer-tag-over-role -- only what is in sight is drawn, at places of its own, which no <table> can do */
import { Link } from '@tanstack/react-router'
import { Pin } from 'lucide-react'

import { RunSwatch } from '#domain/run-swatch.tsx'
import { classNames } from '#lib/class-names.ts'

import type { Compared } from './compared.ts'
import { cellWidth, headHeight, nameWidth, pinnedWidth } from './grid-sizes.ts'

import styles from './compare-grid.module.css'

interface GridHeadProps {
  compared: Compared
  /** Columns in sight behind the baseline, from 0. */
  columnIndexes: readonly number[]
  activeColumn: number
}

/** Names of the runs over their columns. */
export function GridHead({ compared, columnIndexes, activeColumn }: GridHeadProps) {
  const { order, baseline } = compared
  const head = (column: number, run: number, left?: number) => (
    <HeadCell key={run} compared={compared} run={run} column={column} active={activeColumn === column} left={left} />
  )
  return (
    <div role="row" aria-rowindex={1} className={styles['head']} style={{ height: headHeight }}>
      <div className={styles['pinned']}>
        <div
          role="columnheader"
          aria-colindex={1}
          tabIndex={activeColumn === 0 ? 0 : -1}
          data-active={activeColumn === 0 || undefined}
          className={styles['name']}
          style={{ width: nameWidth }}
        >
          <span className="visually-hidden">Param or field</span>
        </div>
        {head(1, baseline)}
      </div>
      {columnIndexes.map(index => {
        const run = order[index + 1]
        return run === undefined ? null : head(index + 2, run, pinnedWidth + index * cellWidth)
      })}
    </div>
  )
}

interface HeadCellProps {
  compared: Compared
  run: number
  column: number
  active: boolean
  /** Px from the left edge; undefined for the one that stays in sight. */
  left: number | undefined
}

function HeadCell({ compared: { comparison, baseline }, run, column, active, left }: HeadCellProps) {
  const { id, name } = comparison.runs[run] ?? { id: '', name: '' }
  return (
    <div
      role="columnheader"
      aria-colindex={column + 1}
      tabIndex={active ? 0 : -1}
      data-active={active || undefined}
      className={classNames(styles['headCell'], left !== undefined && styles['placed'])}
      style={{ width: cellWidth, left }}
      title={run === baseline ? `${name}, baseline` : name}
    >
      <RunSwatch run={id} />
      <Link to="/runs/$run" params={{ run: id }} className={styles['runName']} tabIndex={-1} aria-label={name}>
        <bdi dir="ltr">{name}</bdi>
      </Link>
      {run === baseline && <Pin className={styles['pin']} aria-label="baseline" />}
    </div>
  )
}
