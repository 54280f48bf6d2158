import { lazy, Suspense, type ComponentType, type ReactElement } from 'react'

import type { PopupProps } from './popup.ts'
import { usePopup } from './use-popup.ts'

export interface OpenedByProps extends Omit<PopupProps, 'anchor' | 'onClose' | 'finalFocus'> {
  /** The button that opens it. */
  trigger: ReactElement
}

/** A component that puts `trigger` and, while it is open, a popup whose code is loaded when the pointer or focus reaches the trigger. */
export function openedBy(kind: 'menu' | 'dialog', load: () => Promise<ComponentType<PopupProps>>): ComponentType<OpenedByProps> {
  const Popup = lazy(async () => ({ default: await load() }))
  return function OpenedBy({ trigger, children, ...props }) {
    const { element, anchor, close } = usePopup(trigger, kind, load)
    return (
      <>
        {element}
        <Suspense>
          {anchor && (
            <Popup anchor={anchor} onClose={close} {...props}>
              {children}
            </Popup>
          )}
        </Suspense>
      </>
    )
  }
}
