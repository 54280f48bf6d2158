import type { KeyboardEvent, ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './popup.module.css'

/** The landmark that what opens over the page belongs to, so that a screen reader finds it where the rest of the page is. */
export function popupHome(): HTMLElement {
  return document.querySelector('main') ?? document.body
}

export interface PopupProps {
  anchor: Element
  onClose: () => void
  /** Where focus goes after closing; the anchor if not given. */
  finalFocus?: (() => HTMLElement | null) | undefined
  align?: 'start' | 'center' | 'end' | undefined
  side?: 'top' | 'bottom' | 'left' | 'right' | undefined
  /** Name of what opens, for screen readers. */
  label?: string | undefined
  className?: string | undefined
  children: ReactNode
}

/** What the popup library says when it wants to close, as far as it matters here. */
interface CloseDetails {
  reason: string
  event: Event
  cancel: () => void
}

const stops = 'a[href], button, input, select, textarea, [tabindex]'

/** True where Tab goes past the last stop of a popup, or Shift+Tab past the first. A menu is one stop. */
function leaves(popup: HTMLElement, backwards: boolean): boolean {
  if (popup.role === 'menu') return true
  const inside = [...popup.querySelectorAll<HTMLElement>(stops)].filter(
    stop => stop.tabIndex >= 0 && !stop.matches(':disabled') && stop.checkVisibility(),
  )
  const { activeElement } = document
  return backwards ? activeElement === popup || activeElement === inside[0] : activeElement === (inside.at(-1) ?? popup)
}

/**
 * Props of the library's parts that menus and popovers have in common: open at the anchor until something closes them. The library's
 * focus guards stand inside the portal, where the style sheet takes them out, and where the root is drawn: draw it in something `hidden`.
 */
export function popupParts({ anchor, onClose, finalFocus, align = 'start', side = 'bottom', label, className }: PopupProps) {
  return {
    root: {
      open: true,
      onOpenChange: (open: boolean, details: CloseDetails): void => {
        if (isTriggerPress(details, anchor)) details.cancel()
        else if (!open) onClose()
      },
    },
    portal: { container: popupHome(), className: styles['portal'] },
    // Fixed: no box of the page that scrolls or clips holds it.
    positioner: { className: styles['positioner'], positionMethod: 'fixed', sideOffset: 4, align, side, anchor },
    popup: {
      className: classNames(styles['popup'], className),
      'aria-label': label,
      onKeyDown: (event: KeyboardEvent<HTMLElement>): void => {
        if (event.key !== 'Tab' || !leaves(event.currentTarget, event.shiftKey)) return
        event.preventDefault()
        onClose()
      },
      finalFocus: finalFocus ?? (() => (anchor instanceof HTMLElement ? anchor : null)),
    },
  } as const
}

/** True where a popup wants to close because its own trigger was pressed: the click that follows closes it, and would open it again. */
function isTriggerPress({ reason, event }: CloseDetails, anchor: Element): boolean {
  const target = reason === 'focus-out' && event instanceof FocusEvent ? event.relatedTarget : event.target
  return (reason === 'outside-press' || reason === 'focus-out') && target instanceof Node && anchor.contains(target)
}
