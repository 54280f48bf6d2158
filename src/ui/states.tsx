import { useEffect, useState, type ReactNode } from 'react'

import styles from './states.module.css'

interface EmptyProps {
  /** One sentence that says what is not there. */
  children: ReactNode
  /** One way on. */
  action?: ReactNode
}

/** Nothing to show: one sentence and one way on, at the top left of the area. */
export function Empty({ children, action }: EmptyProps) {
  return (
    <div className={styles['state']}>
      <p>{children}</p>
      {action}
    </div>
  )
}

interface FailedProps {
  /** What failed and why, in one or two sentences. */
  error: unknown
  /** What was being done, before the reason: `These runs cannot be shown`. */
  what?: string
  action?: ReactNode
}

/** Something failed: what, why, and what to do. The rest of the page stands. */
export function Failed({ error, what, action }: FailedProps) {
  return (
    <div className={styles['state']} role="alert">
      {what !== undefined && <p className={styles['failed']}>{what}</p>}
      <p>{error instanceof Error ? error.message : String(error)}</p>
      {action}
    </div>
  )
}

/** Waiting: nothing for 150 ms, then `children`, the real frame with bars of final size. */
export function Loading({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy="true" className={styles['loading']}>
      {late && children}
    </div>
  )
}

/** A bar in the place of a text that is not here yet. Lengths in CSS units. */
export function Bar({ width, height = '10px' }: { width: string; height?: string }) {
  return <span className={styles['bar']} style={{ width, height }} />
}
