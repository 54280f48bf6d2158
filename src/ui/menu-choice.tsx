import { lazy } from 'react'

import type { MenuChoiceProps } from './menu-popup.tsx'

const Choice = lazy(async () => ({ default: (await import('./menu-popup.tsx')).MenuChoice<string> }))

/** One of several as the content of a `Menu`, the chosen one ticked. */
export function MenuChoice<Value extends string>({ onChange, ...props }: MenuChoiceProps<Value>) {
  // Only the values of the options come back.
  return <Choice {...props} onChange={value => onChange(value as Value)} />
}
