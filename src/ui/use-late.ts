import { useEffect, useState } from 'react'

/** Waits shorter than this are not seen. */
const lateMs = 150

/** Has something been under way for longer than goes unseen? */
export function useLate(pending: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!pending) return
    const timer = setTimeout(() => setLate(true), lateMs)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [pending])
  return pending && late
}
