import { X } from 'lucide-react'
import type { ReactNode } from 'react'

import { classNames } from '#lib/class-names.ts'

import styles from './chip.module.css'

interface ChipProps {
  children: ReactNode
  /** What the remove button removes, said to screen readers; no button without `onRemove`. */
  label?: string
  onRemove?: () => void
  look?: 'grey' | 'accent' | 'warn'
  className?: string | undefined
}

/** A small fact on a grey ground, removable where `onRemove` is given. */
export function Chip({ children, label, onRemove, look = 'grey', className }: ChipProps) {
  return (
    <span className={classNames(styles['chip'], styles[look], onRemove && styles['removable'], className)}>
      {children}
      {onRemove && (
        <button type="button" className={styles['remove']} aria-label={`Remove ${label ?? ''}`.trim()} onClick={onRemove}>
          <X />
        </button>
      )}
    </span>
  )
}
