import { Search } from 'lucide-react'
import { useRef, type ReactNode } from 'react'

import { TextField } from '#ui/text-field.tsx'
import { useHotkeys } from '#ui/use-hotkeys.ts'

import styles from './table-bar.module.css'

interface TableBarProps {
  /** `Find a metric`. */
  label: string
  search: string
  onSearch: (search: string) => void
  /** Why the search cannot be used. */
  error: string | null
  /** `18 of 1,500 metrics`. */
  count: string
  /** What else shapes what is below. */
  children?: ReactNode
}

/** The search field above a table and the count of what it found. */
export function TableBar({ label, search, onSearch, error, count, children }: TableBarProps) {
  const field = useRef<HTMLInputElement>(null)
  useHotkeys({
    '/': event => {
      event.preventDefault()
      field.current?.focus()
    },
  })
  return (
    <div className={styles['bar']}>
      <TextField
        ref={field}
        className={styles['field']}
        label={label}
        placeholder={`${label}: words, or /expression/`}
        icon={<Search />}
        value={search}
        onValueChange={onSearch}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : 'table-search-error'}
      />
      {error !== null && (
        <p id="table-search-error" className={styles['error']}>
          {error}
        </p>
      )}
      <output className={styles['count']}>{count}</output>
      {children}
    </div>
  )
}
