import { lazy, Suspense, type ReactElement, type ReactNode } from 'react'

import type { PopoverPopupProps } from './popover-popup.tsx'
import { usePopup } from './use-popup.ts'

const load = () => import('./popover-popup.tsx')
const Popup = lazy(async () => ({ default: (await load()).PopoverPopup }))

interface PopoverProps {
  trigger: ReactElement
  /** Name of the popover for screen readers. */
  label: string
  align?: PopoverPopupProps['align']
  side?: PopoverPopupProps['side']
  className?: string | undefined
  /** Drawn only while it is open. */
  children: ReactNode
}

/** A panel beside its trigger, with anything in it. Closes with Esc or a press outside and gives focus back. */
export function Popover({ trigger, children, ...props }: PopoverProps) {
  const { element, anchor, close } = usePopup(trigger, 'dialog', load)
  return (
    <>
      {element}
      {anchor && (
        <Suspense>
          <Popup anchor={anchor} onClose={close} {...props}>
            {children}
          </Popup>
        </Suspense>
      )}
    </>
  )
}
