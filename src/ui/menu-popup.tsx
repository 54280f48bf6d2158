import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'

import { popupParts, type PopupProps } from './popup.ts'

import styles from './menu.module.css'

/** The open menu at its anchor. */
export function MenuPopup(props: PopupProps) {
  const { root, portal, positioner, popup } = popupParts({ ...props, className: styles['menu'] })
  return (
    <div hidden>
      <Base.Root {...root} modal={false}>
        <Base.Portal {...portal}>
          <Base.Positioner {...positioner}>
            <Base.Popup {...popup}>{props.children}</Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  )
}

export interface MenuItemProps {
  icon?: ReactNode
  shortcut?: string
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, shortcut, danger = false, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Base.Item className={styles['item']} data-danger={danger || undefined} disabled={disabled} onClick={onSelect}>
      {icon}
      <span className={styles['text']}>{children}</span>
      {shortcut !== undefined && <kbd className={styles['shortcut']}>{shortcut}</kbd>}
    </Base.Item>
  )
}

export interface MenuChoiceProps<Value extends string> {
  label?: string
  value: Value
  options: readonly { value: Value; text: ReactNode; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One of several, the chosen one ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)} aria-label={label}>
      {label !== undefined && <div className={styles['label']}>{label}</div>}
      {options.map(option => (
        <Base.RadioItem key={option.value} value={option.value} closeOnClick className={styles['item']}>
          {option.icon}
          <span className={styles['text']}>{option.text}</span>
          <Base.RadioItemIndicator render={<Check />} />
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  )
}

export interface MenuToggleProps {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}

/** Something that is on or off, ticked while on. */
export function MenuToggle({ checked, onChange, children }: MenuToggleProps) {
  return (
    <Base.CheckboxItem className={styles['item']} checked={checked} onCheckedChange={next => onChange(next)}>
      <span className={styles['text']}>{children}</span>
      <Base.CheckboxItemIndicator render={<Check />} />
    </Base.CheckboxItem>
  )
}

export function MenuLine() {
  return <Base.Separator className={styles['line']} />
}
