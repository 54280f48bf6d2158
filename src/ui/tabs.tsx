import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

import styles from './tabs.module.css'

export interface TabItem<Value extends string> {
  value: Value
  text: string
  /** Count behind the text, already formatted. */
  count?: ReactNode
}

interface TabsProps<Value extends string> {
  /** Name of the row of tabs for screen readers. */
  label: string
  items: readonly TabItem<Value>[]
  value: Value
  onChange: (value: Value) => void
  /** Content of the chosen tab; left out where the caller shows it elsewhere. */
  children?: ReactNode
}

/** A row of tabs with a line under the chosen one. */
export function Tabs<Value extends string>({ label, items, value, onChange, children }: TabsProps<Value>) {
  return (
    <Base.Root className={styles['root']} value={value} onValueChange={(next: Value) => onChange(next)}>
      <Base.List className={styles['list']} aria-label={label} activateOnFocus={false}>
        {items.map(item => (
          <Base.Tab key={item.value} value={item.value} className={styles['tab']}>
            <span className={styles['text']} data-text={item.text}>
              {item.text}
            </span>
            {item.count !== undefined && <span className={styles['count']}>{item.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {children !== undefined && (
        <Base.Panel value={value} className={styles['panel']}>
          {children}
        </Base.Panel>
      )}
    </Base.Root>
  )
}
