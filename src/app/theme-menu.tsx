import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'

import { MenuChoice } from '#ui/menu-choice.tsx'
import { Menu } from '#ui/menu.tsx'
import { setPreferences, usePreferences, type Theme } from '#ui/preferences.ts'

import styles from './sidebar.module.css'

const themes = [
  { value: 'system', text: 'As the system', short: 'System', icon: <Monitor /> },
  { value: 'light', text: 'Light', short: 'Light', icon: <Sun /> },
  { value: 'dark', text: 'Dark', short: 'Dark', icon: <Moon /> },
] as const satisfies { value: Theme; text: string; short: string; icon: ReactNode }[]

/** The switch between light, dark and the system's theme. */
export function ThemeMenu({ open }: { open: boolean }) {
  const theme = usePreferences(preferences => preferences.theme)
  const current = themes.find(option => option.value === theme) ?? themes[0]
  return (
    <Menu
      side={open ? 'top' : 'right'}
      align={open ? 'start' : 'end'}
      label="Theme"
      trigger={
        <button
          type="button"
          className={open ? styles['footItem'] : styles['railButton']}
          {...(!open && { 'aria-label': `Theme: ${current.short}`, title: 'Theme' })}
        >
          {current.icon}
          {open && <span className={styles['name']}>Theme</span>}
          {open && <span className={styles['count']}>{current.short}</span>}
        </button>
      }
    >
      <MenuChoice value={theme} options={themes} onChange={next => setPreferences({ theme: next })} />
    </Menu>
  )
}
