import type { ReactNode } from 'react'

import { formatCount, formatPlural } from '#lib/format.ts'
import { Button } from '#ui/button.tsx'

import { TabNote } from './tab-note.tsx'
import { TableBar } from './table-bar.tsx'
import type { TabSearch } from './use-search.ts'

import styles from './table-bar.module.css'

interface SearchedTabProps {
  /** What is searched for: `param`. */
  name: string
  search: TabSearch
  /** How many were found, of how many. */
  found: number
  total: number
  /** What else shapes what is shown, beside the search field. */
  tools?: ReactNode
  /** What was found: a table that scrolls by itself, or sections in `SearchedSections`. */
  children: ReactNode
}

/** A tab with a search field, the count of what it found, and what to do where it found nothing. */
export function SearchedTab({ name, search, found, total, tools, children }: SearchedTabProps) {
  const all = formatPlural(total, name)
  return (
    <div className={styles['tab']}>
      <TableBar
        label={`Find a ${name}`}
        search={search.text}
        onSearch={search.setText}
        error={search.error}
        count={found === total ? all : `${formatCount(found)} of ${all}`}
      >
        {tools}
      </TableBar>
      {found === 0 ? (
        <TabNote
          action={
            <Button look="outline" onClick={() => search.setText('')}>
              Clear search
            </Button>
          }
        >
          No {name} matches this search.
        </TabNote>
      ) : (
        children
      )}
    </div>
  )
}

/** Sections below each other, which scroll. */
export function SearchedSections({ children }: { children: ReactNode }) {
  return <div className={styles['sections']}>{children}</div>
}
