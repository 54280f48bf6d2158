import type { ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './panel-head.module.css'

interface PanelHeadProps {
  title: string
  /** What is shown of how much; said again when it changes. */
  count?: ReactNode
  /** A line parts the head from what is below it. */
  ruled?: boolean
  /** Tools at the right. */
  children: ReactNode
}

/** The head of a panel: its title, a count, and tools. */
export function PanelHead({ title, count, ruled = false, children }: PanelHeadProps) {
  return (
    <div className={classNames(styles['head'], ruled && styles['ruled'])}>
      <h2>{title}</h2>
      {count !== undefined && <output className={styles['count']}>{count}</output>}
      <span className={styles['tools']}>{children}</span>
    </div>
  )
}
