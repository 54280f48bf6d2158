import { Dialog as Base } from '@base-ui/react/dialog'
import { useRef, type ReactNode } from 'react'

import styles from './dialog.module.css'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** Buttons at the right, the verb on each. */
  actions?: ReactNode
  children?: ReactNode
}

/** A dialog of 480 px, for what cannot be undone, has several fields or needs the whole attention. Load it lazily. */
export function Dialog({ open, onOpenChange, title, description, actions, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={styles['scrim']} />
        <Base.Popup ref={popup} className={styles['popup']} initialFocus={popup}>
          <Base.Title className={styles['title']}>{title}</Base.Title>
          {description !== undefined && <Base.Description className={styles['description']}>{description}</Base.Description>}
          {children}
          {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
