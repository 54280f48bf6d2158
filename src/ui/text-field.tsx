import type { ComponentProps, ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './text-field.module.css'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'size' | 'onChange'> {
  /** Name of the field for screen readers, where no label is shown. */
  label: string
  icon?: ReactNode
  onValueChange?: (value: string) => void
}

/** A field of one line, with an icon before the text where it helps to find it. */
export function TextField({ label, icon, className, onValueChange, type = 'text', ...props }: TextFieldProps) {
  return (
    <span className={classNames(styles['field'], className)}>
      {icon}
      <input
        type={type}
        aria-label={label}
        spellCheck={false}
        autoComplete="off"
        className={styles['input']}
        onChange={event => onValueChange?.(event.target.value)}
        {...props}
      />
    </span>
  )
}
