import type { ReactNode } from 'react'

import { Empty } from '#ui/states.tsx'

import styles from './run-head.module.css'

interface TabNoteProps {
  children: ReactNode
  action?: ReactNode
}

/** What a tab says where it has nothing to show, below the title's left edge. */
export function TabNote({ children, action }: TabNoteProps) {
  return (
    <div className={styles['inset']}>
      <Empty action={action}>{children}</Empty>
    </div>
  )
}
