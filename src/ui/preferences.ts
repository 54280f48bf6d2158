import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'regular'

interface Preferences {
  theme: Theme
  sidebarOpen: boolean
  density: Density
  /** Charts beside the table of runs; null leaves it to the width of the window. */
  chartsOpen: boolean | null
  /** Keys without a modifier (`/`, `j`, `x`, …) act; off for those whose speech input types them. */
  singleKeys: boolean
}

/** What a user likes, kept in this browser. What a reader of a shared link must see stands in the URL instead. */
export const usePreferences = create<Preferences>()(
  persist((): Preferences => ({ theme: 'system', sidebarOpen: true, density: 'compact', chartsOpen: null, singleKeys: true }), {
    name: 'readout.preferences',
    version: 1,
    merge: (stored, defaults) => ({ ...defaults, ...(stored as Partial<Preferences>) }),
  }),
)

/** Changes some preferences at once and keeps them. */
export function setPreferences(change: Partial<Preferences>): void {
  usePreferences.setState(change)
}

/** Keeps the theme of the document equal to the preference; `public/theme.js` sets it before the first paint. */
export function followTheme(): void {
  const apply = ({ theme }: Preferences): void => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }
  apply(usePreferences.getState())
  usePreferences.subscribe(apply)
}
