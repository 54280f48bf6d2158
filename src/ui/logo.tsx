import type { ComponentProps } from 'react'

/** The mark: two axes, a line, and the point that is read out. */
export function Logo(props: ComponentProps<'svg'>) {
  return (
    <svg viewBox="0 0 20 20" width="18" height="18" fill="none" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true" {...props}>
      <path d="M3 3v12a2 2 0 0 0 2 2h12" stroke="var(--fg)" strokeWidth="2" />
      <path d="m6.5 12 3.4-4 3 2.6 1.6-2.2" stroke="var(--fg)" strokeWidth="2" />
      <circle cx="16" cy="5.4" r="2.1" fill="var(--accent)" />
    </svg>
  )
}
