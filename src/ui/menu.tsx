import { lazy, Suspense, type ReactElement, type ReactNode } from 'react'

import type { MenuPopupProps } from './menu-popup.tsx'
import { usePopup } from './use-popup.ts'

const load = () => import('./menu-popup.tsx')
const Popup = lazy(async () => ({ default: (await load()).MenuPopup }))

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  align?: MenuPopupProps['align']
  side?: MenuPopupProps['side']
  label?: string
  /** Parts of `menu-popup.tsx`, in a component that is loaded with them, so that no page waits for a menu nobody opened. */
  children: ReactNode
}

/** A menu of acts or choices under a button. */
export function Menu({ trigger, children, ...props }: MenuProps) {
  const { element, anchor, close } = usePopup(trigger, 'menu', load)
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
