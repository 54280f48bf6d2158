import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'

import { textSearch } from '#lib/text-search.ts'

const route = getRouteApi('/runs/$run')

/** Milliseconds of rest after which what was typed goes into the address. */
const rest = 250

/** What a tab of the run page is searched by. */
export interface TabSearch {
  text: string
  setText: (text: string) => void
  /** The same function as long as the text is the same. */
  matches: (text: string) => boolean
  /** Why the text cannot be used. */
  error: string | null
}

/** The search of a tab: at once for the field, a little later in the address, so that a link shows the same. */
export function useSearch(): TabSearch {
  const { search = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState<{ text: string; over: string }>({ text: search, over: search })
  // An address that changed for another reason (a link, Back) wins over what was typed before.
  const text = typed.over === search || typed.text === search ? typed.text : search
  useEffect(() => {
    if (text === search) return
    const timer = setTimeout(() => void navigate({ search: current => ({ ...current, search: text }), replace: true }), rest)
    return () => clearTimeout(timer)
  }, [text, search, navigate])
  const { matches, error } = useMemo(() => textSearch(text), [text])
  return { text, setText: next => setTyped({ text: next, over: search }), matches, error }
}
