import type { ReactNode } from 'react'

import styles from './split.module.css'

interface SplitProps {
  children: ReactNode
  /** The narrower part at the right, below `children` where the window is narrow. */
  aside: ReactNode
  /** Its width in px. */
  width: number
  /** Name of the aside for screen readers. */
  label: string
}

/** Two panels side by side with a 1-px line between them, each scrolling for itself. */
export function Split({ children, aside, width, label }: SplitProps) {
  return (
    <div className={styles['split']}>
      <div className={styles['main']}>{children}</div>
      <aside className={styles['aside']} style={{ flexBasis: width }} aria-label={label}>
        {aside}
      </aside>
    </div>
  )
}
