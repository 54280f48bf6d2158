import { cloneElement, lazy, Suspense, useEffect, useState, type PointerEvent, type ReactElement, type ReactNode } from 'react'

import { Kbd } from './kbd.tsx'
import type { TooltipPopupProps } from './tooltip-popup.tsx'

const Popup = lazy(async () => ({ default: (await import('./tooltip-popup.tsx')).TooltipPopup }))

const openAfter = 400
/** Within this time after one tooltip closed, the next one comes at once: somebody is looking along a row of buttons. */
const warmFor = 400
let closedAt = -Infinity

interface TriggerProps {
  onPointerEnter?: (event: PointerEvent) => void
  onPointerLeave?: (event: PointerEvent) => void
  onPointerDown?: (event: PointerEvent) => void
  onFocus?: (event: { currentTarget: Element }) => void
  onBlur?: (event: unknown) => void
}

interface TooltipProps {
  /** The element that is explained; it gets the tooltip's handlers as props. */
  trigger: ReactElement
  content: ReactNode
  shortcut?: string
  side?: TooltipPopupProps['side']
}

/** Says what its trigger is. Never the only place of something that must be read. */
export function Tooltip({ trigger, content, shortcut, side }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const [open, setOpen] = useState(false)
  const own = trigger.props as TriggerProps
  useEffect(() => {
    if (!anchor || open) return
    const timer = setTimeout(() => setOpen(true), performance.now() - closedAt < warmFor ? 0 : openAfter)
    return () => clearTimeout(timer)
  }, [anchor, open])

  function close(): void {
    if (open) closedAt = performance.now()
    setOpen(false)
    setAnchor(null)
  }
  return (
    <>
      {cloneElement(trigger as ReactElement<TriggerProps>, {
        onPointerEnter: event => {
          own.onPointerEnter?.(event)
          if (event.pointerType !== 'touch') setAnchor(event.currentTarget)
        },
        onPointerLeave: event => {
          own.onPointerLeave?.(event)
          close()
        },
        onPointerDown: event => {
          own.onPointerDown?.(event)
          close()
        },
        onFocus: event => {
          own.onFocus?.(event)
          if (!event.currentTarget.matches(':focus-visible')) return
          setAnchor(event.currentTarget)
          setOpen(true)
        },
        onBlur: event => {
          own.onBlur?.(event)
          close()
        },
      })}
      {anchor && open && (
        <Suspense>
          <Popup anchor={anchor} onClose={close} side={side}>
            {content}
            {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
          </Popup>
        </Suspense>
      )}
    </>
  )
}
