import type { CSSProperties } from 'react'
import { useStore } from 'zustand'

import type { ValueRow } from '#charts/prepare/value-rows.ts'
import { classNames } from '#lib/class-names.ts'

import { hoverLine, type ChartSync } from './chart-sync.ts'

import styles from './value-rows.module.css'

interface ValueRowsProps {
  title: string
  rows: readonly ValueRow[]
  sync: ChartSync
}

/** Values of lines that have one each, as dots on one scale. */
export function ValueRows({ title, rows, sync }: ValueRowsProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls where it holds many, with the keys too
    <ul className={classNames(styles['rows'], rows.length === 1 && styles['single'])} aria-label={`Values of ${title}`} tabIndex={0}>
      {rows.map(row => (
        <Row key={row.id} row={row} sync={sync} />
      ))}
    </ul>
  )
}

function Row({ row: { id, label, color, context, text, at, band }, sync }: { row: ValueRow; sync: ChartSync }) {
  const hovered = useStore(sync, state => state.hovered === id)
  const ink = context && !hovered ? 'var(--series-context)' : color
  return (
    <li
      className={styles['row']}
      data-hovered={hovered || undefined}
      onPointerEnter={() => hoverLine(sync, id)}
      onPointerLeave={() => hoverLine(sync, null)}
    >
      <span className={styles['label']} title={label}>
        {label}
      </span>
      <span
        aria-hidden
        className={styles['track']}
        style={{ '--at': at ?? 0, '--ink': ink, '--from': band?.[0] ?? 0, '--to': band?.[1] ?? 0 } as CSSProperties}
        data-missing={at === null || undefined}
        data-band={band !== null || undefined}
      />
      <span className={styles['value']} data-special={at === null || undefined}>
        {text}
      </span>
    </li>
  )
}
