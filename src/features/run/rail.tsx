import type { ReactNode } from 'react'

import styles from './rail.module.css'

interface RailSectionProps {
  title: string
  /** A count beside the title. */
  aside?: ReactNode
  children: ReactNode
}

/** A titled part of the right rail. */
export function RailSection({ title, aside, children }: RailSectionProps) {
  return (
    <section className={styles['section']}>
      <h2 className={styles['head']}>
        {title}
        {aside !== undefined && <span className={styles['aside']}>{aside}</span>}
      </h2>
      {children}
    </section>
  )
}

interface RailRowProps {
  label: ReactNode
  /** The whole label where it may be cut. */
  title?: string
  children: ReactNode
}

/** What something is and its value; stands in a `dl`. */
export function RailRow({ label, title, children }: RailRowProps) {
  return (
    <div className={styles['row']}>
      <dt className={styles['label']} title={title}>
        {label}
      </dt>
      <dd className={styles['value']}>{children}</dd>
    </div>
  )
}
