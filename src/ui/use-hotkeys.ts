import { useEffect, useEffectEvent } from 'react'

import { usePreferences } from './preferences.ts'

/** True where a key press would type: in fields and editors, and while a menu or dialog is open. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest('[role="dialog"], [role="menu"], [role="listbox"]')) return true
  return target.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"]') !== null
}

/**
 * Calls the handler of a single key (`/`, `j`, `?`, `Escape`) pressed anywhere on the page but in a field, unless single keys are
 * turned off. `Escape` always acts.
 */
export function useHotkeys(handlers: Record<string, (event: KeyboardEvent) => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    if (event.key !== 'Escape' && !usePreferences.getState().singleKeys) return
    handlers[event.key]?.(event)
  })
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
