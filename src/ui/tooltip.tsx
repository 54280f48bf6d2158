import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'

import { Kbd } from './kbd.tsx'

import styles from './tooltip.module.css'

interface TooltipProps {
  /** The element that is explained; it gets the tooltip's handlers as props. */
  trigger: ReactElement
  content: ReactNode
  shortcut?: string
  side?: 'top' | 'bottom' | 'left' | 'right'
}

/** Says what its trigger is. Never the only place of something that must be read. */
export function Tooltip({ trigger, content, shortcut, side = 'bottom' }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} delay={400} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} side={side} className={styles['positioner']}>
          <Base.Popup className={styles['popup']}>
            {content}
            {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

/** Lets the second tooltip in a row come without delay. Stands once, around the app. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return <Base.Provider delay={400}>{children}</Base.Provider>
}
