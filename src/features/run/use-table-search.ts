import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

const route = getRouteApi('/runs/$run')

/** Milliseconds of rest after which what was typed goes into the address. */
const rest = 250

/** The search text of the tables on a run page: at once for the field, a little later in the address, so that a link shows the same rows. */
export function useTableSearch(): [text: string, setText: (text: string) => void] {
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
  return [text, next => setTyped({ text: next, over: search })]
}
