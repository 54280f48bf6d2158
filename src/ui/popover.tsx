import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './popover.module.css'

interface PopoverProps {
  trigger: ReactElement
  /** Name of the popover for screen readers. */
  label: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'left' | 'right'
  className?: string | undefined
  children: ReactNode
}

/** A panel beside its trigger, with anything in it. Closes with Esc or a press outside and gives focus back. */
export function Popover({ trigger, label, open, onOpenChange, align = 'start', side = 'bottom', className, children }: PopoverProps) {
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles['positioner']} sideOffset={4} align={align} side={side}>
          <Base.Popup className={classNames(styles['popup'], className)} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
