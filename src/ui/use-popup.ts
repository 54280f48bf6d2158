import { cloneElement, startTransition, useState, type ReactElement } from 'react'

interface TriggerProps {
  onClick?: (event: { currentTarget: Element }) => void
  onKeyDown?: (event: KeyPress) => void
  onPointerEnter?: (event: unknown) => void
  onFocus?: (event: unknown) => void
  'aria-haspopup'?: 'menu' | 'dialog'
  'aria-expanded'?: boolean
  'data-popup-open'?: '' | undefined
}

interface KeyPress {
  key: string
  currentTarget: Element
  preventDefault: () => void
}

/**
 * A popup beside a trigger. The popup's code is asked for when the pointer or focus reaches the trigger, and drawn at `anchor`; null
 * while it is closed.
 */
export function usePopup(trigger: ReactElement, kind: 'menu' | 'dialog', preload: () => unknown) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const own = trigger.props as TriggerProps
  // A transition waits for code that is still on its way: the popup comes whole, not as an empty panel first.
  const open = (at: Element): void => startTransition(() => setAnchor(at))
  const element = cloneElement(trigger as ReactElement<TriggerProps>, {
    'aria-haspopup': kind,
    'aria-expanded': anchor !== null,
    'data-popup-open': anchor === null ? undefined : '',
    onClick: event => {
      own.onClick?.(event)
      if (anchor === null) open(event.currentTarget)
      else setAnchor(null)
    },
    onKeyDown: event => {
      own.onKeyDown?.(event)
      if (kind !== 'menu' || event.key !== 'ArrowDown') return
      event.preventDefault()
      open(event.currentTarget)
    },
    onPointerEnter: event => {
      own.onPointerEnter?.(event)
      preload()
    },
    onFocus: event => {
      own.onFocus?.(event)
      preload()
    },
  })
  return { element, anchor, close: () => setAnchor(null) }
}
