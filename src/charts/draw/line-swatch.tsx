import type { CSSProperties } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './line-swatch.module.css'

interface LineSwatchProps {
  line: { color: string; dashed: boolean; marker: string; context: boolean }
}

const glyphs: Record<string, string> = { circle: '●', square: '■', triangle: '▲', diamond: '◆' }

/** A piece of a line: its colour, its dashes, its marker. */
export function LineSwatch({ line: { color, dashed, marker } }: LineSwatchProps) {
  return (
    <span aria-hidden className={classNames(styles['swatch'], dashed && styles['dashed'])} style={{ '--line': color } as CSSProperties}>
      {glyphs[marker] !== undefined && <span className={styles['marker']}>{glyphs[marker]}</span>}
    </span>
  )
}
