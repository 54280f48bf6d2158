import { useEffect, useEffectEvent, useMemo, useState } from 'react'

import { parseFilter } from '#contract/filter/parse.ts'

const applyAfter = 200
const complainAfter = 700

interface Draft {
  text: string
  /** The applied filter when this was typed, and the one that it became: the draft holds as long as one of them is still applied. */
  from: string
  applied: string | null
}

/** What is typed in the filter field: applied shortly after each change that can be read, while anything else keeps the last valid result. */
export function useFilterDraft(filter: string, onApply: (filter: string) => void) {
  const [draft, setDraft] = useState<Draft | null>(null)
  const [complainAbout, setComplainAbout] = useState<string | null>(null)
  const current = draft && (draft.from === filter || draft.applied === filter) ? draft : null
  const text = current?.text ?? filter
  const parsed = useMemo(() => parseFilter(text), [text])

  function apply(next: string): void {
    setDraft({ text: next, from: filter, applied: next.trim() })
    if (next.trim() !== filter) onApply(next.trim())
  }

  const isTyped = current !== null
  const applies = isTyped && parsed.ok && text.trim() !== filter
  const applyTyped = useEffectEvent(() => apply(text))
  useEffect(() => {
    if (!isTyped) return
    const complaining = setTimeout(() => setComplainAbout(text), complainAfter)
    const applying = applies ? setTimeout(applyTyped, applyAfter) : undefined
    return () => {
      clearTimeout(complaining)
      clearTimeout(applying)
    }
  }, [text, isTyped, applies])

  return {
    text,
    setText: (next: string) => setDraft({ text: next, from: filter, applied: current?.applied ?? null }),
    /** Applies at once what can be read. */
    applyNow: () => {
      if (parsed.ok) apply(text)
      setComplainAbout(text)
    },
    error: parsed.ok ? null : parsed.error,
    /** The error has stood long enough not to be the way to something valid. */
    settled: current === null || complainAbout === text,
  }
}
