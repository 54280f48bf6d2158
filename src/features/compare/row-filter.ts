import { RE2JS, RE2JSSyntaxException } from 're2js'

import { sections, type CompareRow, type Section } from './compare-rows.ts'

export interface FoundRows {
  rows: readonly CompareRow[]
  /** Rows that differ and that there are, whatever the expression. */
  differing: number
  total: number
  /** A sentence that says what is wrong with the expression, of which nothing else came; null where nothing is. */
  error: string | null
}

/** Rows that differ, or all, whose key matches a regular expression (case ignored, anywhere in the key); a bad one is no filter. */
export function findRows(all: readonly CompareRow[], { same, pattern }: { same: boolean; pattern: string }): FoundRows {
  const differing = all.filter(row => row.differs)
  const counts = { differing: differing.length, total: all.length }
  const rows = same ? all : differing
  if (pattern === '') return { rows, ...counts, error: null }
  try {
    // In time that grows with the text alone, whatever expression a link brings.
    const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    return { rows: rows.filter(({ key }) => expression.test(key)), ...counts, error: null }
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    return {
      rows,
      ...counts,
      error: `Not a regular expression: ${error.message.replace(/^error parsing regexp: /, '').replace('`(?i)', '`')}.`,
    }
  }
}

export type GridItem = { kind: 'section'; name: Section; count: number } | { kind: 'row'; row: CompareRow }

/** Rows with the name of their section before the first of each. */
export function withSections(rows: readonly CompareRow[]): GridItem[] {
  return sections.flatMap((name): GridItem[] => {
    const own = rows.filter(({ section }) => section === name)
    return own.length === 0 ? [] : [{ kind: 'section', name, count: own.length }, ...own.map(row => ({ kind: 'row' as const, row }))]
  })
}
