import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'

import styles from './menu.module.css'

interface MenuProps {
  /** The button that opens it; left out where `anchor` and `open` say when and where. */
  trigger?: ReactElement
  anchor?: Element | null
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Where focus goes after closing, where there is no trigger to give it back to. */
  finalFocus?: () => HTMLElement | null
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'left' | 'right'
  label?: string
  children: ReactNode
}

/** A menu of acts or choices. Its parts below are the only children. */
export function Menu({ trigger, anchor, open, onOpenChange, finalFocus, align = 'start', side = 'bottom', label, children }: MenuProps) {
  return (
    <Base.Root modal={false} {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Positioner
          className={styles['positioner']}
          sideOffset={4}
          align={align}
          side={side}
          {...(anchor !== undefined && { anchor })}
        >
          <Base.Popup className={styles['popup']} aria-label={label} {...(finalFocus && { finalFocus })}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

interface MenuItemProps {
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

interface MenuChoiceProps<Value extends string> {
  label?: string
  value: Value
  options: readonly { value: Value; text: ReactNode; icon?: ReactNode }[]
  onChange: (value: Value) => void
}

/** One of several, the chosen one ticked. */
export function MenuChoice<Value extends string>({ label, value, options, onChange }: MenuChoiceProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)}>
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

/** Something that is on or off, ticked while on. */
export function MenuToggle({
  checked,
  onChange,
  children,
}: {
  checked: boolean
  onChange: (checked: boolean) => void
  children: ReactNode
}) {
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

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className={styles['label']}>{children}</div>
}
