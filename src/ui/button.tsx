import type { ComponentProps } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './button.module.css'

export interface ButtonProps extends ComponentProps<'button'> {
  /** `filled` is for the one main act of a page; `outline` for acts beside it; `plain` for all else. */
  look?: 'filled' | 'outline' | 'plain' | 'danger'
  size?: 'control' | 'small'
}

/** A button with a verb on it. Icons stand before the text as children. */
export function Button({ look = 'plain', size = 'control', className, type = 'button', ...props }: ButtonProps) {
  return <button type={type} className={classNames(styles['button'], styles[look], styles[size], className)} {...props} />
}
