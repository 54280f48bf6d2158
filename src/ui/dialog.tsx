import { Dialog as Base } from '@base-ui/react/dialog'
import { useRef, type ReactNode, type RefObject } from 'react'

import styles from './dialog.module.css'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  /** Buttons at the right, the verb on each. */
  actions?: ReactNode
  /** What has the focus first; the dialog itself if not given. */
  initialFocus?: RefObject<HTMLElement | null>
  /** What gets it after closing, where that is not what had it before. */
  finalFocus?: () => HTMLElement | null
  children?: ReactNode
}

/** A dialog of 480 px, for what cannot be undone, has several fields or needs the whole attention. Load it lazily. */
export function Dialog({ open, onOpenChange, title, description, actions, initialFocus, finalFocus, children }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={styles['scrim']} />
        <Base.Popup ref={popup} className={styles['popup']} initialFocus={initialFocus ?? popup} {...(finalFocus && { finalFocus })}>
          <Base.Title className={styles['title']}>{title}</Base.Title>
          {description !== undefined && <Base.Description className={styles['description']}>{description}</Base.Description>}
          {children}
          {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
