import { useSyncExternalStore } from 'react'

/** The colours and type of a chart, resolved: a canvas knows no CSS variables. */
export interface ChartTheme {
  /** Resolves the colour of a line, mostly `var(--series-n)`. */
  color: (css: string) => string
  surface: string
  text: string
  grid: string
  axis: string
  label: string
  cursor: string
  context: string
  warn: string
  warnSoft: string
  bandAlpha: number
  fontFamily: string
}

/** A theme out of the values of tokens: `read` takes the name of a custom property and gives its value. */
export function themeOf(read: (property: string) => string): ChartTheme {
  const resolved = new Map<string, string>()
  const color = (css: string): string => {
    const known = resolved.get(css)
    if (known !== undefined) return known
    const variable = /^var\(\s*(--[\w-]+)\s*\)$/.exec(css)?.[1]
    const value = variable === undefined ? css : read(variable).trim() || read('--fg-2').trim()
    resolved.set(css, value)
    return value
  }
  const token = (name: string): string => read(name).trim()
  return {
    color,
    surface: token('--surface'),
    text: token('--fg'),
    grid: token('--chart-grid'),
    axis: token('--chart-axis'),
    label: token('--chart-label'),
    cursor: token('--chart-cursor'),
    context: token('--series-context'),
    warn: token('--warn'),
    warnSoft: token('--warn-soft'),
    bandAlpha: Number(token('--band-alpha')) || 0.15,
    fontFamily: token('--font-ui') || 'sans-serif',
  }
}

/** The light theme, whatever the page has: what leaves the page as a file. */
export function lightTheme(): ChartTheme {
  const probe = document.createElement('div')
  probe.dataset['theme'] = 'light'
  probe.hidden = true
  document.body.append(probe)
  const style = getComputedStyle(probe)
  const values = new Map<string, string>()
  const theme = themeOf(property => {
    const value = values.get(property) ?? style.getPropertyValue(property)
    values.set(property, value)
    return value
  })
  for (let series = 1; series <= 10; series++) theme.color(`var(--series-${series})`)
  probe.remove()
  return theme
}

let current: ChartTheme | undefined
const listeners = new Set<() => void>()
let watching = false

function pageTheme(): ChartTheme {
  if (current) return current
  const style = getComputedStyle(document.documentElement)
  current = themeOf(property => style.getPropertyValue(property))
  return current
}

function changed(): void {
  current = undefined
  for (const listener of listeners) listener()
}

/** One watcher for all charts, for as long as the page lives. */
function watch(): void {
  watching = true
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed)
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ['data-theme'] })
  // Texts on a canvas do not change by themselves when their font has come.
  document.fonts.addEventListener('loadingdone', changed)
}

function subscribe(listener: () => void): () => void {
  if (!watching) watch()
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The page's theme: another object when its colours or fonts changed, and only then. */
export function useChartTheme(): ChartTheme {
  return useSyncExternalStore(subscribe, pageTheme)
}
