import { useState } from 'react'

import { formatCount } from '#lib/format.ts'

import { startOfText } from './long-text-start.ts'

import styles from './long-text.module.css'

interface LongTextProps {
  text: string
  /** Lines and characters shown at first. */
  lines: number
  characters: number
  /** Kept out of the tab order inside a grid, whose cells press it. */
  tabIndex?: number
}

/** A text with its line breaks kept; of a long one the start, and a button that shows all of it. */
export function LongText({ text, lines, characters, tabIndex }: LongTextProps) {
  const [open, setOpen] = useState(false)
  const start = startOfText(text, lines, characters)
  if (start.length === text.length) return <span className={styles['text']}>{text}</span>
  return (
    <span className={styles['text']}>
      {open ? text : `${start}…`}{' '}
      <button type="button" className={styles['toggle']} aria-expanded={open} tabIndex={tabIndex} onClick={() => setOpen(!open)}>
        {open ? 'Show less' : `Show all ${formatCount(text.length)} characters`}
      </button>
    </span>
  )
}
