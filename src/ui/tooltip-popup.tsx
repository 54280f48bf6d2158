import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactNode } from 'react'

import { popupHome } from './popup.ts'

import styles from './tooltip.module.css'

export interface TooltipPopupProps {
  anchor: Element
  onClose: () => void
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  children: ReactNode
}

/** The open tooltip at its anchor. */
export function TooltipPopup({ anchor, onClose, side = 'bottom', children }: TooltipPopupProps) {
  return (
    <Base.Root open onOpenChange={open => !open && onClose()}>
      <Base.Portal container={popupHome()}>
        <Base.Positioner positionMethod="fixed" sideOffset={6} side={side} anchor={anchor} className={styles['positioner']}>
          <Base.Popup className={styles['popup']}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
