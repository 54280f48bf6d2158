import { useEffect, useRef, useState } from 'react'

import { copyText } from './copy-text.ts'

/** How long a button says what became of the copy, in ms. */
const saidFor = 2_000

export type CopyResult = 'copied' | 'refused'

/** A function that copies, also a text that is still being made, and for two seconds after each call what became of it. */
export function useCopy(): { copy: (text: string | Promise<string>) => void; result: CopyResult | null } {
  const [result, setResult] = useState<CopyResult | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  function copy(text: string | Promise<string>): void {
    const copying = Promise.resolve(text).then(copyText, () => false)
    void copying.then(copied => {
      setResult(copied ? 'copied' : 'refused')
      clearTimeout(timer.current)
      timer.current = setTimeout(() => setResult(null), saidFor)
    })
  }
  return { copy, result }
}
