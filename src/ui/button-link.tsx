import type { ComponentProps } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './button-link.module.css'
import button from './button.module.css'

interface ButtonLinkProps extends ComponentProps<'a'> {
  look?: 'outline' | 'plain'
  size?: 'control' | 'small'
}

/** A link with the looks of a button, for addresses that are no page of the app, such as a download. */
export function ButtonLink({ look = 'plain', size = 'control', className, children, ...props }: ButtonLinkProps) {
  return (
    <a className={classNames(button['button'], button[look], button[size], styles['link'], className)} {...props}>
      {children}
    </a>
  )
}
