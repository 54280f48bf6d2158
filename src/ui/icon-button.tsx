import type { ComponentProps, ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import { Tooltip } from './tooltip.tsx'

import styles from './icon-button.module.css'

export interface IconButtonProps extends ComponentProps<'button'> {
  /** Name of the act, for screen readers and as the tooltip. */
  label: string
  /** Key that does the same, shown in the tooltip. */
  shortcut?: string
  icon: ReactNode
  size?: 'control' | 'small'
}

/** A button of one icon, with a name and a tooltip. */
export function IconButton({ label, shortcut, icon, size = 'control', className, type = 'button', ...props }: IconButtonProps) {
  return (
    <Tooltip
      content={label}
      {...(shortcut !== undefined && { shortcut })}
      trigger={
        <button type={type} aria-label={label} className={classNames(styles['button'], styles[size], className)} {...props}>
          {icon}
        </button>
      }
    />
  )
}
