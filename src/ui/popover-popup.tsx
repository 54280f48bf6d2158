import { Popover as Base } from '@base-ui/react/popover'
import type { ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import { isTriggerPress } from './use-popup.ts'

import styles from './popover.module.css'

export interface PopoverPopupProps {
  anchor: Element
  onClose: () => void
  label: string
  align?: 'start' | 'center' | 'end' | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  className?: string | undefined
  children: ReactNode
}

/** The open popover at its anchor. */
export function PopoverPopup({ anchor, onClose, label, align = 'start', side = 'bottom', className, children }: PopoverPopupProps) {
  return (
    <Base.Root
      open
      onOpenChange={(open, details) => {
        if (isTriggerPress(details, anchor)) details.cancel()
        else if (!open) onClose()
      }}
    >
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} sideOffset={4} align={align} side={side} anchor={anchor}>
          <Base.Popup
            className={classNames(styles['popup'], className)}
            aria-label={label}
            finalFocus={() => (anchor instanceof HTMLElement ? anchor : null)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
