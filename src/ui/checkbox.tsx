import type { ComponentProps } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './checkbox.module.css'

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type' | 'checked' | 'onChange'> {
  checked: boolean | 'mixed'
  onCheckedChange?: (checked: boolean) => void
}

/** A checkbox of 14 px in a target of its parent's size; `mixed` shows a dash. */
export function Checkbox({ checked, onCheckedChange, className, ...props }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      className={classNames(styles['checkbox'], className)}
      checked={checked === true}
      ref={element => {
        if (element) element.indeterminate = checked === 'mixed'
      }}
      onChange={event => onCheckedChange?.(event.target.checked)}
      {...props}
    />
  )
}
